package io.adaptive.topidchart.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import perf.topid.message.ChartMessages.ProcessSample;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SystemSeries;

/**
 * Checks samples. One with a number that cannot be is refused as a whole.
 */
final class SampleCheck {

	private static final String MEMORY = "memory.";

	/** A date in the year 2255; later ones have no place in arithmetic. */
	private static final long MAX_MILLIS = 9_000_000_000_000L;

	/** An exabyte. */
	private static final long MAX_KILOBYTES = 1L << 50;

	private static final int HUNDREDTHS = 100;

	/** The brackets around it belong to the name that the database has. */
	private static final int MAX_MACHINE_NAME = LimitProperties.MAX_NAME - "[]".length();

	private final LimitProperties limits;

	SampleCheck(LimitProperties limits) {
		this.limits = limits;
	}

	/**
	 * Checks a sample.
	 * @param processors how many the machine has
	 * @throws io.adaptive.message.AdaptiveException if it is refused, with the limit
	 */
	Moment check(Sample sample, int processors) {
		if (sample.number() < 1 || sample.millis() < 0 || sample.millis() > MAX_MILLIS || sample.dropped() < 0) {
			throw SessionCheck.refused("Sample %s at %s ms with %s dropped ones: numbers begin at 1, times are 0 to %s"
				.formatted(sample.number(), sample.millis(), sample.dropped(), MAX_MILLIS));
		}
		limit("processes", sample.processes().size(), this.limits.processes());
		limit("machine-series", sample.system().size(), this.limits.machineSeries());
		List<Reading> readings = new ArrayList<>(sample.processes().size() + sample.system().size());
		Set<SeriesKey> keys = new HashSet<>();
		int most = processors * 100 * HUNDREDTHS;
		sample.processes().forEach((each) -> add(reading(each, keys, most), keys, readings));
		sample.system().forEach((each) -> add(reading(each), keys, readings));
		return new Moment(sample.number(), sample.millis(), sample.dropped(), readings,
				Texts.clipped(sample.snapshot(), this.limits.snapshotLength()));
	}

	private static void limit(String name, int count, int limit) {
		if (count > limit) {
			throw SessionCheck
				.refused("A sample of %s %s; topidchart.limits.%s is %s".formatted(count, name, name, limit));
		}
	}

	private static void add(Reading reading, Set<SeriesKey> keys, List<Reading> readings) {
		if (keys.add(reading.key())) {
			readings.add(reading);
		}
	}

	private Reading reading(ProcessSample process, Set<SeriesKey> keys, int most) {
		if (process.pid() < 1 || process.start() < 0) {
			throw SessionCheck.refused("A process with id %s and start %s".formatted(process.pid(), process.start()));
		}
		SeriesKey key = SeriesKey.process(process.pid(), process.start());
		if (keys.contains(key)) {
			key = new SeriesKey(process.pid(), process.start(), SeriesKey.MAIN_THREAD);
		}
		long memory = Math.max(-1, Math.min(process.memory(), MAX_KILOBYTES));
		return new Reading(key, Texts.clipped(process.name(), this.limits.nameLength()),
				hundredths(process.user(), most), hundredths(process.system(), most), memory);
	}

	private Reading reading(SystemSeries series) {
		String name = Texts.clipped(series.name(), Math.min(this.limits.nameLength(), MAX_MACHINE_NAME));
		SeriesKey key = SeriesKey.machine("[%s]".formatted(name));
		if (name.startsWith(MEMORY)) {
			checkNumber(series.value());
			return new Reading(key, key.label(), 0, 0, (long) Math.min(series.value(), (double) MAX_KILOBYTES));
		}
		return new Reading(key, key.label(), hundredths(series.value(), 100 * HUNDREDTHS), 0, -1);
	}

	private static int hundredths(double percent, int most) {
		checkNumber(percent);
		return (int) Math.min(Math.round(percent * HUNDREDTHS), most);
	}

	private static void checkNumber(double value) {
		if (!Double.isFinite(value) || value < 0) {
			throw SessionCheck.refused("A value of %s; values are finite and not negative".formatted(value));
		}
	}

}
