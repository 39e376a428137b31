package io.adaptive.topidchart.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;

/**
 * A sample as it arrives.
 *
 * @param number its number
 * @param millis when it was taken, in milliseconds since 1970
 * @param dropped how many samples the collector has dropped
 * @param total processor time and memory of all processes
 * @param values processor time in percent and memory in megabytes of the series that the
 * visitor sees
 */
record LiveSample(long number, long millis, long dropped, List<Double> total, Map<String, List<Double>> values) {

	static LiveSample of(Moment moment, Set<String> keys) {
		Map<String, List<Double>> values = new HashMap<>();
		List<Double> total = List.of();
		for (Reading each : moment.readings()) {
			if (each.key().equals(SeriesKey.TOTAL)) {
				total = values(each);
			}
			else if (keys.contains(Line.key(each.key()))) {
				values.put(Line.key(each.key()), values(each));
			}
		}
		return new LiveSample(moment.number(), moment.millis(), moment.dropped(), total, values);
	}

	private static List<Double> values(Reading reading) {
		return List.of(Measure.CPU.inUnit((double) reading.user() + reading.system()),
				Measure.MEMORY.inUnit((double) Math.max(0, reading.memory())));
	}

}
