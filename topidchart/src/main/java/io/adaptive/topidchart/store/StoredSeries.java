package io.adaptive.topidchart.store;

import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.series.SeriesStats;

/**
 * A series of a session.
 *
 * @param id its number within the session
 * @param key what tells it from the others
 * @param name its latest name
 * @param stats what it was over the session
 */
public record StoredSeries(int id, SeriesKey key, String name, SeriesStats stats) {

}
