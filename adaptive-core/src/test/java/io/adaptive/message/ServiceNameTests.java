package io.adaptive.message;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServiceNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "hello", "a", "grüße", "日本", "😀", "a-b.c:d@e", "A1", "x\u0301" })
	void anyOrdinaryNameIsAllowed(String name) {
		assertThat(new ServiceName(name, name)).hasToString(name + "/" + name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a_b", "a/b", "a*b", "*", "a b", "a\tb", "a\nb", "a\r\nb", "\u0000", "a\u001b[31m",
			"a\u007f", "a\u0085b", "a\u009fb", "a\u00a0b", "a\u2003b", "a\u2028b", "a\u2029b", "a\u3000b", "a\u200bb",
			"a\u202eb", "\ufeffa", "a\ud800", "\udc00a" })
	void aForbiddenCharacterIsRefusedInEitherPart(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceName(name, "x"))
			.withMessageContaining("publisher");
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceName("x", name)).withMessageContaining("name");
	}

	@Test
	void aRefusalNamesTheCharacterAndNeverPrintsAnInvisibleOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceName("a_b", "x")).withMessageContaining("'_'");
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceName("a\u001bb\u2028", "x"))
			.withMessageContaining("U+001B")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\u001b").doesNotContain("\u2028"));
	}

	@Test
	void anEmptyPartIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceName("", "x"))
			.withMessageContaining("publisher")
			.withMessageContaining("empty");
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceName("x", "")).withMessageContaining("name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "ä", "€", "😀" })
	void aPartHas128BytesAtMost(String character) {
		int width = character.getBytes(StandardCharsets.UTF_8).length;
		String longest = character.repeat(128 / width) + "x".repeat(128 % width);
		assertThat(new ServiceName(longest, longest).name()).isEqualTo(longest);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new ServiceName("x", longest + "x"))
			.withMessageContaining("128")
			.withMessageContaining("129");
	}

	@Test
	void aRefusalOfALongNameIsShort() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceName("x".repeat(1_000_000), "x"))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(300));
	}

}
