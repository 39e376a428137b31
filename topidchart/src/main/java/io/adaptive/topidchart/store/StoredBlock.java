package io.adaptive.topidchart.store;

/**
 * A part of one series.
 *
 * @param seriesId the number of the series
 * @param resolution zero for points, else the length of a bucket in milliseconds
 * @param from when it begins, in milliseconds since 1970
 * @param to when it ends
 * @param data the points or buckets
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record StoredBlock(int seriesId, long resolution, long from, long to, byte[] data) {

	/**
	 * Returns whether it has a part of a span.
	 */
	public boolean touches(long begin, long end) {
		return this.from <= end && this.to >= begin;
	}

}
