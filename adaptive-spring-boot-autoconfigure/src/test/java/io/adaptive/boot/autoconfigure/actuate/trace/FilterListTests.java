package io.adaptive.boot.autoconfigure.actuate.trace;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FilterList}.
 */
class FilterListTests {

	@Test
	void commasSeparateWhateverBlanksAreAround() {
		assertThat(FilterList.of("input=N*Hao")).containsExactly("input=N*Hao");
		assertThat(FilterList.of("input=N*Hao, user.name=A B ,count=1")).containsExactly("input=N*Hao", "user.name=A B",
				"count=1");
	}

	@Test
	void aCommaOfAPatternHasABackslash() {
		assertThat(FilterList.of("name=Doe\\, J*,city=*")).containsExactly("name=Doe, J*", "city=*");
		assertThat(FilterList.of("path=C:\\tmp\\*,end=\\\\,last=\\")).containsExactly("path=C:\\tmp\\*", "end=\\",
				"last=\\");
	}

	@Test
	void nothingIsNoFilter() {
		assertThat(FilterList.of(null)).isEmpty();
		assertThat(FilterList.of("")).isEmpty();
		assertThat(FilterList.of(" , ")).isEmpty();
	}

}
