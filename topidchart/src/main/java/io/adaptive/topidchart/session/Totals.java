package io.adaptive.topidchart.session;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;

/**
 * The series of all processes together, so that a page that shows some of them knows the
 * rest.
 */
final class Totals {

	private Totals() {
	}

	/**
	 * Returns a sample with its total, which comes first.
	 */
	static Moment with(Moment moment) {
		long user = 0;
		long system = 0;
		long memory = 0;
		for (Reading each : moment.readings()) {
			if (!each.key().isMachine()) {
				user += each.user();
				system += each.system();
				memory += Math.max(0, each.memory());
			}
		}
		List<Reading> readings = new ArrayList<>(moment.readings().size() + 1);
		readings.add(new Reading(SeriesKey.TOTAL, SeriesKey.TOTAL.label(), (int) Math.min(user, Integer.MAX_VALUE / 2),
				(int) Math.min(system, Integer.MAX_VALUE / 2), memory));
		readings.addAll(moment.readings());
		return new Moment(moment.number(), moment.millis(), moment.dropped(), readings, moment.snapshot());
	}

}
