package io.adaptive.trace;

import java.util.UUID;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.TraceToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link TraceSelection}.
 */
class TraceSelectionTests {

	private static final UUID ID = UUID.fromString("30180061-1044-4b9e-a8ee-174806afe058");

	private static boolean selects(String text, int sequence) {
		return TraceSelection.parse(text).contains(new TraceToken(ID, sequence));
	}

	@Test
	void oneSomeThoseOfAMarkOrAllAreSelected() {
		assertThat(selects(ID + ".3", 3)).isTrue();
		assertThat(selects(ID + ".3", 2)).isFalse();
		assertThat(selects(ID + ".0..9", 9)).isTrue();
		assertThat(selects(ID + ".0..9", 10)).isFalse();
		assertThat(selects(ID.toString(), 4095)).isTrue();
		assertThat(selects(new UUID(1, 1).toString(), 0)).isFalse();
		assertThat(selects("all", 0)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "30180061", "30180061-1044-4b9e-a8ee-174806afe058.",
			"30180061-1044-4b9e-a8ee-174806afe058.x", "30180061-1044-4b9e-a8ee-174806afe058.0..",
			"30180061-1044-4b9e-a8ee-174806afe058.0-9", "30180061-1044-4b9e-a8ee-174806afe058.99999999999",
			"zzzzzzzz-1044-4b9e-a8ee-174806afe058" })
	void anythingElseIsNamedWithTheFormsThereAre(String text) {
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> TraceSelection.parse(text))
			.withMessageContaining("uuid.3 for one, uuid.0..9 for some, uuid for those of one mark, or all")
			.withMessageContaining("\"" + text + "\"")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
	}

	@Test
	void aRangeBackwardsIsNamed() {
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> TraceSelection.parse(ID + ".9..3"))
			.withMessageContaining("9..3");
	}

}
