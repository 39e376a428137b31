package io.adaptive.message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServicePatternTests {

	@ParameterizedTest
	@CsvSource({ "example, hello", "*, hello", "example, *", "*, *", "ex*le, h*o", "*ample, *llo", "exam*, hel*",
			"e*a*e, h*l*", "**, h**o", "example*, *hello" })
	void aStarStandsForAnyCharacters(String publisher, String name) {
		assertThat(new ServicePattern(publisher, name).matches(new ServiceName("example", "hello"))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "example, hell", "example, ello", "exampl, *", "x*, hello", "*x, hello", "e*x*e, hallo",
			"*, h*l*l*l*o", "*, hello*hello" })
	void allElseMustBeTheSame(String publisher, String name) {
		assertThat(new ServicePattern(publisher, name).matches(new ServiceName("example", "hello"))).isFalse();
	}

	@Test
	void theLastStarIsWidenedUntilTheRestFits() {
		assertThat(new ServicePattern("p", "*ab").matches(new ServiceName("p", "aabab"))).isTrue();
		assertThat(new ServicePattern("p", "a*b*c").matches(new ServiceName("p", "abcbcbc"))).isTrue();
	}

	@Test
	@Timeout(5)
	void aPatternMadeToBeSlowIsNot() {
		ServicePattern pattern = new ServicePattern("p", "*a".repeat(60) + "b");
		ServiceName service = new ServiceName("p", "a".repeat(120));
		for (int i = 0; i < 1000; i++) {
			assertThat(pattern.matches(service)).isFalse();
		}
	}

	@Test
	void onlyAPatternWithoutStarsIsExact() {
		assertThat(ServicePattern.of(new ServiceName("example", "hello")).isExact()).isTrue();
		assertThat(new ServicePattern("example", "h*").isExact()).isFalse();
		assertThat(new ServicePattern("*", "hello").isExact()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a_b", "a/b", "a b", "a*b c", "*\n" })
	void whatNoNameMayContainIsRefused(String part) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServicePattern("p", part))
			.withMessageContaining("name");
		assertThatIllegalArgumentException().isThrownBy(() -> new ServicePattern(part, "n"))
			.withMessageContaining("publisher");
	}

	@Test
	void aPatternMayNotBeEndless() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServicePattern("p", "*".repeat(10_000)))
			.withMessageContaining("10000");
	}

}
