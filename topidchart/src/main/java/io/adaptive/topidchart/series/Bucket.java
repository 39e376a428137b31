package io.adaptive.topidchart.series;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A process over a span of time.
 *
 * @param start when the span begins, in milliseconds since 1970, a multiple of its length
 * @param cpu processor time, in hundredths of a percent of one processor
 * @param memory memory in kilobytes; moments without a known one do not count
 */
public record Bucket(long start, Range cpu, Range memory) {

	/**
	 * Makes buckets of points.
	 * @param points the points, in any order
	 * @param millis the length of a bucket
	 * @return the buckets with points, in the order of time
	 */
	public static List<Bucket> ofPoints(List<Point> points, long millis) {
		return merged(points.stream()
			.map((point) -> new Bucket(point.millis(), Range.of(point.cpu()),
					(point.memory() < 0) ? Range.NONE : Range.of(point.memory())))
			.toList(), millis);
	}

	/**
	 * Makes longer buckets of shorter ones.
	 * @param buckets the shorter ones, in any order
	 * @param millis the length of a longer one
	 * @return the longer ones, in the order of time
	 */
	public static List<Bucket> merged(List<Bucket> buckets, long millis) {
		TreeMap<Long, Bucket> longer = new TreeMap<>();
		for (Bucket each : buckets) {
			long start = Math.floorDiv(each.start, millis) * millis;
			longer.merge(start, new Bucket(start, each.cpu, each.memory), Bucket::and);
		}
		return new ArrayList<>(longer.values());
	}

	private Bucket and(Bucket other) {
		return new Bucket(this.start, this.cpu.and(other.cpu), this.memory.and(other.memory));
	}

}
