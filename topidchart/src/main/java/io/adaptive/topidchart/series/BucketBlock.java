package io.adaptive.topidchart.series;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Buckets of one process as bytes: the columns of a {@link ColumnBlock} are the start and
 * the four parts of each of the two ranges.
 */
public final class BucketBlock {

	/** A block has no more buckets. */
	public static final int MAX_BUCKETS = 10_000;

	private static final List<ToLongFunction<Bucket>> COLUMNS = List.of(Bucket::start, (each) -> each.cpu().count(),
			(each) -> each.cpu().sum(), (each) -> each.cpu().least(), (each) -> each.cpu().greatest(),
			(each) -> each.memory().count(), (each) -> each.memory().sum(), (each) -> each.memory().least(),
			(each) -> each.memory().greatest());

	private BucketBlock() {
	}

	/**
	 * Encodes buckets.
	 * @param buckets at least one, at most {@link #MAX_BUCKETS}
	 * @return the bytes
	 * @throws IllegalArgumentException if there are none or too many
	 */
	public static byte[] encode(List<Bucket> buckets) {
		if (buckets.isEmpty() || buckets.size() > MAX_BUCKETS) {
			throw new IllegalArgumentException(
					"A block has 1 to %s buckets, not %s".formatted(MAX_BUCKETS, buckets.size()));
		}
		long[][] columns = COLUMNS.stream()
			.map((column) -> buckets.stream().mapToLong(column).toArray())
			.toArray(long[][]::new);
		return ColumnBlock.encode(columns, 1);
	}

	/**
	 * Decodes buckets.
	 * @param block what {@link #encode} has made
	 * @return the buckets
	 * @throws IllegalArgumentException if it is no block
	 */
	public static List<Bucket> decode(byte[] block) {
		long[][] c = ColumnBlock.decode(block, COLUMNS.size(), 1, MAX_BUCKETS);
		List<Bucket> buckets = new ArrayList<>(c[0].length);
		for (int i = 0; i < c[0].length; i++) {
			buckets.add(new Bucket(c[0][i], new Range(c[1][i], c[2][i], c[3][i], c[4][i]),
					new Range(c[5][i], c[6][i], c[7][i], c[8][i])));
		}
		return buckets;
	}

}
