package io.adaptive.topidchart.page;

import java.util.List;

import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.store.StoredSeries;
import org.jspecify.annotations.Nullable;

/**
 * A series of a chart.
 *
 * @param key what names the series in live samples
 * @param name name and id of a process, or the name of a series of the machine
 * @param lastMillis when its last sample was taken, in milliseconds since 1970
 * @param average its average over the session
 * @param greatest its greatest value over the session
 * @param means the means of the steps, {@code null} where it has no sample
 * @param peaks the greatest values of the steps
 */
record Line(String key, String name, long lastMillis, double average, double greatest, List<@Nullable Double> means,
		List<@Nullable Double> peaks) {

	static String key(SeriesKey key) {
		return key.isMachine() ? key.label()
				: "%s-%s%s".formatted(key.pid(), key.start(), key.label().isEmpty() ? "" : "-main");
	}

	static String name(StoredSeries series) {
		SeriesKey key = series.key();
		return key.isMachine() ? series.name() : "%s-%s".formatted(series.name(), key.pid());
	}

}
