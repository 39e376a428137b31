package io.adaptive.topidchart.intake;

import java.util.Collections;
import java.util.List;

import io.adaptive.message.AdaptiveException;
import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import perf.topid.message.ChartMessages.ProcessSample;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SystemSeries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SampleCheck} and {@link Rate}.
 */
class SampleCheckTests {

	private static final LimitProperties LIMITS = new LimitProperties(2, 64, 86_400, 4096, 1000, 1000, 8, 3, 2, 10, 1);

	private final SampleCheck check = new SampleCheck(LIMITS);

	private static Sample of(ProcessSample... processes) {
		return new Sample("key", 1, 1000, 0, List.of(processes), List.of(), "");
	}

	private static ProcessSample process(float user, long memory) {
		return new ProcessSample(7, 1, "name", user, 0, memory);
	}

	@Test
	void numbersAreRoundedAndClipped() {
		Moment moment = this.check.check(new Sample("key", 1, 1000, 5,
				List.of(process(1.004f, -50), new ProcessSample(8, 1, "a long name", 1e9f, 3f, Long.MAX_VALUE)),
				List.of(new SystemSeries("memory.free", 12), new SystemSeries("cpu0.idle", 300)), "x".repeat(20)), 2);
		assertThat(moment.readings()).containsExactly(new Reading(SeriesKey.process(7, 1), "name", 100, 0, -1),
				new Reading(SeriesKey.process(8, 1), "a long n", 20_000, 300, 1L << 50),
				new Reading(SeriesKey.machine("[memory.f]"), "[memory.f]", 0, 0, 12),
				new Reading(SeriesKey.machine("[cpu0.idl]"), "[cpu0.idl]", 10_000, 0, -1));
		assertThat(moment.snapshot()).hasSize(10);
		assertThat(moment.dropped()).isEqualTo(5);
	}

	@Test
	void aNameOfTheMachineHasRoomForItsBrackets() {
		LimitProperties longest = new LimitProperties(2, 64, 86_400, 4096, 1000, 1000, 256, 3, 2, 10, 1);
		Moment moment = new SampleCheck(longest)
			.check(new Sample("key", 1, 1000, 0, List.of(), List.of(new SystemSeries("x".repeat(300), 1)), ""), 2);
		assertThat(moment.readings()).singleElement()
			.satisfies((reading) -> assertThat(reading.key().label()).hasSize(256).endsWith("]"));
	}

	@Test
	void theFirstThreadHasTheNumbersOfItsProcess() {
		Moment moment = this.check.check(of(process(3, 1), process(2, 1), process(1, 1)), 2);
		assertThat(moment.readings()).extracting((reading) -> reading.key().label())
			.containsExactly("", SeriesKey.MAIN_THREAD);
	}

	@Test
	void textsHaveNoHalfCharacters() {
		assertThat(Texts.clipped("a\ud83d\ude00b", 2)).isEqualTo("a");
		assertThat(Texts.clipped("\ud83dx\u0000", 8)).isEqualTo("\ufffdx\ufffd");
		assertThat(Texts.clipped(null, 8)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(floats = { -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY })
	void aValueThatCannotBeIsRefused(float user) {
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> this.check.check(of(process(user, 1)), 2))
			.withMessageContaining("A value of");
	}

	@Test
	void numbersAndTimesThatCannotBeAreRefused() {
		for (Sample each : List.of(new Sample("", 0, 1, 0, List.of(), List.of(), ""),
				new Sample("", 1, -1, 0, List.of(), List.of(), ""),
				new Sample("", 1, Long.MAX_VALUE, 0, List.of(), List.of(), ""),
				new Sample("", 1, 1, -1, List.of(), List.of(), ""), of(new ProcessSample(0, 0, "", 0, 0, 0)),
				of(new ProcessSample(1, -1, "", 0, 0, 0)))) {
			assertThatExceptionOfType(AdaptiveException.class).as(each.toString())
				.isThrownBy(() -> this.check.check(each, 2));
		}
	}

	@Test
	void tooManyAreRefusedWithTheLimit() {
		ProcessSample[] many = Collections.nCopies(4, process(1, 1)).toArray(ProcessSample[]::new);
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> this.check.check(of(many), 2))
			.withMessageContaining("topidchart.limits.processes is 3");
		Sample series = new Sample("", 1, 1, 0, List.of(), Collections.nCopies(3, new SystemSeries("a", 1)), "");
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> this.check.check(series, 2))
			.withMessageContaining("topidchart.limits.machine-series is 2");
	}

	@Test
	void sessionsOfAMinute() {
		Rate rate = new Rate(2, 0);
		assertThat(List.of(rate.take(0), rate.take(0), rate.take(1), rate.take(30_000), rate.take(30_000)))
			.containsExactly(true, true, false, true, false);
		assertThat(rate.take(-100_000)).isFalse();
	}

}
