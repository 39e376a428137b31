package io.adaptive.topidchart.series;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Buckets of points, and grids of buckets.
 */
class GridTests {

	private static Point point(long millis, long cpu, long memory) {
		return new Point(millis / 1000, millis, cpu, 0, memory);
	}

	@Test
	void bucketsOfPoints() {
		List<Bucket> buckets = Bucket.ofPoints(
				List.of(point(12_000, 500, 7), point(10_000, 100, 5), point(19_999, 300, -1), point(40_000, 1, -1)),
				10_000);
		assertThat(buckets).containsExactly(new Bucket(10_000, new Range(3, 900, 100, 500), new Range(2, 12, 5, 7)),
				new Bucket(40_000, new Range(1, 1, 1, 1), Range.NONE));
		assertThat(buckets.get(0).cpu().mean()).isEqualTo(300);
		assertThat(buckets.get(1).memory().mean()).isZero();
	}

	@Test
	void longerBucketsAreThoseOfAllThePoints() {
		List<Point> points = LongStream.range(0, 5000).mapToObj((i) -> point(i * 777, i * i % 1009, i % 13)).toList();
		List<Bucket> tenSeconds = Bucket.ofPoints(points, 10_000);
		List<Bucket> minutes = Bucket.merged(tenSeconds, 60_000);
		assertThat(minutes).isEqualTo(Bucket.ofPoints(points, 60_000));
		assertThat(Bucket.merged(minutes, 600_000)).isEqualTo(Bucket.ofPoints(points, 600_000));
	}

	@Test
	void timesBefore1970() {
		assertThat(Bucket.ofPoints(List.of(point(-1, 5, 5)), 10_000)).extracting(Bucket::start)
			.containsExactly(-10_000L);
	}

	@ParameterizedTest
	@CsvSource({ "0, 600000, 600, 1000, 0, 1000, 600", "0, 600000, 1000, 1000, 0, 1000, 600",
			"0, 600000, 599, 1000, 0, 1002, 599", "500, 86400500, 1500, 1000, 0, 57600, 1501",
			"-5, 5, 1, 1, -10, 10, 2" })
	void gridsAreNoFinerThanPixelsAndSamples(long from, long to, int pixels, long finest, long start, long millis,
			int steps) {
		assertThat(Grid.of(from, to, pixels, finest)).isEqualTo(new Grid(start, millis, steps));
	}

	@Test
	void stackedSeriesHaveTheSameTimesAndAddUp() {
		Grid grid = Grid.of(0, 40_000, 4, 1000);
		List<Bucket> one = Bucket.ofPoints(List.of(point(0, 100, 1), point(9000, 300, 1), point(30_000, 50, 1)), 1000);
		List<Bucket> other = Bucket.ofPoints(List.of(point(5000, 40, 1), point(20_000, 60, 1), point(99_000, 9, 9)),
				1000);
		assertThat(grid.means(one, Bucket::cpu)).containsExactly(200, Double.NaN, Double.NaN, 50);
		assertThat(grid.greatest(one, Bucket::cpu)).containsExactly(300, Double.NaN, Double.NaN, 50);
		assertThat(grid.means(other, Bucket::cpu)).containsExactly(40, Double.NaN, 60, Double.NaN);
	}

	@Test
	void samplesThatAreNotToTheMillisecondLeaveNoGap() {
		Grid grid = Grid.of(0, 10_000, 10, 1000);
		List<Bucket> late = Bucket.ofPoints(List.of(point(900, 1, 1), point(2010, 1, 1), point(3900, 1, 1),
				point(5400, 1, 1), point(6200, 1, 1), point(9999, 1, 1)), 1);
		assertThat(grid.bridged(late, 1000)).containsExactly(1);
		assertThat(grid.bridged(List.of(), 1000)).isEmpty();
	}

	@Test
	void aChartWithoutTimeOrWidthIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Grid.of(5, 5, 10, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> Grid.of(0, 5, 0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> Grid.of(0, 5, 10, 0));
	}

}
