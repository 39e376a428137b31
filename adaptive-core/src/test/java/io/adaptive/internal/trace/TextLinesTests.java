package io.adaptive.internal.trace;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.adaptive.message.TraceToken;
import io.adaptive.trace.MessageTrace;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextLinesTests {

	private static final UUID ID = UUID.fromString("30180061-1044-4b9e-a8ee-174806afe058");

	@Test
	void numbersAreWrittenWithTheSameDigitsInEveryLocale() {
		MessageTrace trace = new MessageTrace(new TraceToken(ID, 51), List.of(), 7);
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
		try {
			assertThat("%d".formatted(7)).as("digits of the locale").isNotEqualTo("7");
			assertThat(TextLines.of(trace)).startsWith("trace " + ID + ".51 events=7\n");
		}
		finally {
			Locale.setDefault(before);
		}
	}

}
