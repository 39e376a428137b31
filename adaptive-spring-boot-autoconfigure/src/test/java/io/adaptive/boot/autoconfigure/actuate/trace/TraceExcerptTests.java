package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

import io.adaptive.message.TraceToken;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.TraceSelection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TraceExcerpt}.
 */
class TraceExcerptTests {

	private static final UUID ONE = UUID.fromString("30180061-1044-4b9e-a8ee-174806afe058");

	private static final UUID OTHER = UUID.fromString("40180061-1044-4b9e-a8ee-174806afe058");

	private static List<MessageTrace> traces(UUID id, int... sequences) {
		return IntStream.of(sequences)
			.mapToObj((sequence) -> new MessageTrace(new TraceToken(id, sequence), List.of()))
			.toList();
	}

	@Test
	void moreThanTheMostIsCountedOnly() {
		List<MessageTrace> all = traces(ONE, 0, 1, 2, 3);
		TraceExcerpt excerpt = TraceExcerpt.of(all, 3);
		assertThat(excerpt.shown()).isEqualTo(all.subList(0, 3));
		assertThat(excerpt.leftOut()).isEqualTo(1);
		assertThat(Traces.of("all", excerpt).leftOut()).isEqualTo(1);
		assertThat(TraceExcerpt.of(all).leftOut()).isZero();
		assertThat(TraceExcerpt.of(all, 0).shown()).as("a large one is not out of reach").hasSize(1);
		assertThat(TraceExcerpt.of(List.of()).shown()).isEmpty();
	}

	@Test
	void tokensSelectWhatIsShownAndNothingElse() {
		assertThat(TraceExcerpt.of(traces(ONE, 0, 1, 2, 4, 6, 7)).tokens()).containsExactly(ONE + ".0..2", ONE + ".4",
				ONE + ".6..7");
		assertThat(TraceExcerpt.of(traces(ONE, 5)).tokens()).containsExactly(ONE + ".5");
		assertThat(TraceExcerpt.of(List.of()).tokens()).isEmpty();
		assertThat(new TraceExcerpt(List.of(traces(ONE, 1).get(0), traces(OTHER, 2).get(0)), 0).tokens())
			.containsExactly(ONE + ".1", OTHER + ".2")
			.allSatisfy((token) -> assertThat(TraceSelection.parse(token)).isNotNull());
	}

	@Test
	void tokensHaveTheSameDigitsInEveryLocale() {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
		try {
			assertThat("%d".formatted(12)).as("digits of the locale").isNotEqualTo("12");
			assertThat(TraceExcerpt.of(traces(ONE, 10, 11, 12)).tokens()).containsExactly(ONE + ".10..12");
		}
		finally {
			Locale.setDefault(before);
		}
	}

}
