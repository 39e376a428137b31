package io.adaptive.topidchart.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CoarseSeries} and {@link BucketBlock}.
 */
class CoarseSeriesTests {

	private static final int BLOCK = 120;

	private static List<Point> block(int index) {
		return LongStream.range((long) index * BLOCK, (index + 1L) * BLOCK)
			.mapToObj((number) -> new Point(number, 1000 * number + 700, number * number % 977, 3, number % 13 - 1))
			.toList();
	}

	@Test
	void bucketsAreEncodedAndDecoded() {
		List<Bucket> buckets = Bucket.ofPoints(block(3), 10_000);
		assertThat(BucketBlock.decode(BucketBlock.encode(buckets))).isEqualTo(buckets);
	}

	@Test
	void rowsAndWhatIsPendingAreAllThePoints() {
		for (int blocks : List.of(1, 9, 10, 37, 230)) {
			CoarseSeries series = new CoarseSeries();
			List<CoarseRow> rows = new ArrayList<>();
			List<Point> points = new ArrayList<>();
			for (int i = 0; i < blocks; i++) {
				points.addAll(block(i));
				rows.addAll(series.add(block(i)));
			}
			for (long millis : List.of(10_000L, 60_000L, 600_000L)) {
				List<Bucket> buckets = new ArrayList<>(series.pending(millis));
				buckets.addAll(ofRows(rows, millis));
				assertThat(Bucket.merged(buckets, millis)).as("%s blocks, %s ms", blocks, millis)
					.isEqualTo(Bucket.ofPoints(points, millis));
			}
			rows.addAll(series.finish());
			assertThat(Bucket.merged(ofRows(rows, 600_000), 600_000)).isEqualTo(Bucket.ofPoints(points, 600_000));
			assertThat(series.pending(600_000)).isEmpty();
		}
	}

	private static List<Bucket> ofRows(List<CoarseRow> rows, long millis) {
		return rows.stream()
			.filter((row) -> row.millis() == millis)
			.flatMap((row) -> BucketBlock.decode(row.data()).stream())
			.toList();
	}

	@Test
	void whatWasPendingIsRestoredFromShorterOnes() {
		CoarseSeries series = new CoarseSeries();
		CoarseSeries restored = new CoarseSeries();
		List<CoarseRow> rows = new ArrayList<>();
		for (int i = 0; i < 37; i++) {
			rows.addAll(series.add(block(i)));
		}
		rows.stream()
			.filter((row) -> row.millis() == 10_000)
			.sorted(Comparator.comparing(CoarseRow::from))
			.forEach((row) -> restored.restore(10_000, BucketBlock.decode(row.data())));
		for (int i = 30; i < 37; i++) {
			restored.add(block(i));
		}
		for (long millis : List.of(10_000L, 60_000L, 600_000L)) {
			assertThat(Bucket.merged(restored.pending(millis), millis))
				.isEqualTo(Bucket.merged(series.pending(millis), millis));
		}
	}

	@Test
	void lengthsForSteps() {
		assertThat(List.of(999L, 10_000L, 59_999L, 60_000L, 599_999L, 600_000L, 86_400_000L))
			.extracting(CoarseSeries::lengthFor)
			.containsExactly(0L, 10_000L, 10_000L, 60_000L, 60_000L, 600_000L, 600_000L);
		assertThat(CoarseSeries.lengthAfter(0)).isEqualTo(10_000);
		assertThat(CoarseSeries.lengthAfter(60_000)).isEqualTo(600_000);
	}

}
