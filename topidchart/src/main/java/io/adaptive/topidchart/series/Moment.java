package io.adaptive.topidchart.series;

import java.util.List;

/**
 * A sample whose numbers are in their ranges.
 *
 * @param number its number, from 1
 * @param millis when it was taken, in milliseconds since 1970
 * @param dropped how many samples the collector has dropped
 * @param readings no two of the same series
 * @param snapshot the tree of processes as text, empty for none
 */
public record Moment(long number, long millis, long dropped, List<Reading> readings, String snapshot) {

	/**
	 * Makes a moment with a list of its own.
	 */
	public Moment {
		readings = List.copyOf(readings);
	}

	/**
	 * Returns the same at another time.
	 */
	public Moment at(long time) {
		return new Moment(this.number, time, this.dropped, this.readings, this.snapshot);
	}

}
