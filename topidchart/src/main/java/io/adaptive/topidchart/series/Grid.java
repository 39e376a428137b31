package io.adaptive.topidchart.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The common times of a stack of series: steps of one length, one pixel of a chart each
 * or wider. All series of the stack have a value at each step, so that they add up.
 *
 * @param start when the first step begins, in milliseconds since 1970
 * @param millis the length of a step
 * @param steps how many there are
 */
public record Grid(long start, long millis, int steps) {

	/**
	 * Makes a grid that is no finer than a chart.
	 * @param from when the chart begins, in milliseconds since 1970
	 * @param to when it ends
	 * @param pixels how wide it is
	 * @param finest the time between two samples, in milliseconds; no step is shorter
	 * @return the grid; its steps begin at multiples of their length, so that a chart
	 * that moves on shows the same steps again
	 */
	public static Grid of(long from, long to, int pixels, long finest) {
		if (to <= from || pixels < 1 || finest < 1) {
			throw new IllegalArgumentException("No chart from %s to %s of %s pixels".formatted(from, to, pixels));
		}
		long millis = Math.max(finest, -Math.floorDiv(from - to, (long) pixels));
		long start = Math.floorDiv(from, millis) * millis;
		return new Grid(start, millis, (int) -Math.floorDiv(start - to, millis));
	}

	/**
	 * Returns the mean of a series at each step, for the area of a chart.
	 * @param buckets no longer than a step
	 * @param value the value
	 * @return the means, NaN where the series has none
	 */
	public double[] means(List<Bucket> buckets, Function<Bucket, Range> value) {
		return values(buckets, value, Range::mean);
	}

	/**
	 * Returns the greatest value of a series at each step, for the text at the pointer.
	 * @param buckets no longer than a step
	 * @param value the value
	 * @return the greatest values, NaN where the series has none
	 */
	public double[] greatest(List<Bucket> buckets, Function<Bucket, Range> value) {
		return values(buckets, value, (range) -> (double) range.greatest());
	}

	/**
	 * Returns the empty steps between two samples that follow each other as they should:
	 * such a step is no gap, only shorter than the time between the two.
	 * @param points buckets of one point each
	 * @param interval the time between two samples, in milliseconds
	 */
	public List<Integer> bridged(List<Bucket> points, long interval) {
		long[] times = points.stream().mapToLong(Bucket::start).sorted().toArray();
		List<Integer> bridged = new ArrayList<>();
		for (int i = 1; i < times.length; i++) {
			long before = Math.floorDiv(times[i - 1] - this.start, this.millis);
			long after = Math.floorDiv(times[i] - this.start, this.millis);
			if (after - before == 2 && before >= 0 && after < this.steps
					&& times[i] - times[i - 1] < interval + interval / 2) {
				bridged.add((int) before + 1);
			}
		}
		return bridged;
	}

	private double[] values(List<Bucket> buckets, Function<Bucket, Range> value, Function<Range, Double> result) {
		Range[] ranges = new Range[this.steps];
		Arrays.fill(ranges, Range.NONE);
		for (Bucket each : buckets) {
			long step = Math.floorDiv(each.start() - this.start, this.millis);
			if (step >= 0 && step < this.steps) {
				ranges[(int) step] = ranges[(int) step].and(value.apply(each));
			}
		}
		return Arrays.stream(ranges)
			.mapToDouble((range) -> (range.count() == 0) ? Double.NaN : result.apply(range))
			.toArray();
	}

}
