package io.adaptive.topidchart.series;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The coarser buckets of one series, made as its blocks close: of 10 s, 1 min and 10 min.
 * Ten closed blocks make a row of 10 s, ten such rows one of 1 min, and so on. Two
 * buckets may have the same start; together they are one. Not for several threads.
 */
public final class CoarseSeries {

	private static final long[] LENGTHS = { 10_000, 60_000, 600_000 };

	private static final int PARTS_PER_ROW = 10;

	/** An array and its place in a list. */
	private static final long PART_BYTES = 24;

	/** Per length, the encoded parts of the next row. */
	private final List<List<byte[]>> parts = Stream.generate(() -> (List<byte[]>) new ArrayList<byte[]>())
		.limit(LENGTHS.length)
		.toList();

	/**
	 * Returns the longest length that is no longer than a step, zero if only points are
	 * fine enough.
	 */
	public static long lengthFor(long stepMillis) {
		return LongStream.of(LENGTHS).filter((length) -> length <= stepMillis).max().orElse(0);
	}

	/**
	 * Returns the shortest length that is longer than another.
	 * @param millis a length, zero for points
	 * @throws java.util.NoSuchElementException if it is the longest
	 */
	public static long lengthAfter(long millis) {
		return LongStream.of(LENGTHS).filter((length) -> length > millis).min().orElseThrow();
	}

	/**
	 * Returns the lengths of buckets that are made into longer ones.
	 */
	public static List<Long> lengthsBelowTheLongest() {
		return LongStream.of(LENGTHS).limit(LENGTHS.length - 1L).boxed().toList();
	}

	/**
	 * Takes back what was pending before a restart.
	 * @param millis the length of the buckets
	 * @param buckets buckets that are in rows of this length, but not of the next one
	 */
	public void restore(long millis, List<Bucket> buckets) {
		for (int level = 0; level + 1 < LENGTHS.length; level++) {
			if (LENGTHS[level] == millis) {
				this.parts.get(level + 1).add(BucketBlock.encode(Bucket.merged(buckets, LENGTHS[level + 1])));
			}
		}
	}

	/**
	 * Adds the points of a block.
	 * @return the rows that are complete
	 */
	public List<CoarseRow> add(List<Point> points) {
		List<CoarseRow> complete = new ArrayList<>();
		if (!points.isEmpty()) {
			add(0, Bucket.ofPoints(points, LENGTHS[0]), PARTS_PER_ROW, complete);
		}
		return complete;
	}

	private void add(int level, List<Bucket> buckets, int partsPerRow, List<CoarseRow> complete) {
		List<byte[]> pending = this.parts.get(level);
		pending.add(BucketBlock.encode(buckets));
		if (pending.size() >= partsPerRow) {
			complete(level, partsPerRow, complete);
		}
	}

	private void complete(int level, int partsPerRow, List<CoarseRow> complete) {
		List<byte[]> pending = this.parts.get(level);
		if (pending.isEmpty()) {
			return;
		}
		List<Bucket> row = Bucket.merged(decoded(pending), LENGTHS[level]);
		pending.clear();
		complete.add(new CoarseRow(LENGTHS[level], row.get(0).start(), row.get(row.size() - 1).start() + LENGTHS[level],
				BucketBlock.encode(row)));
		if (level + 1 < LENGTHS.length) {
			add(level + 1, Bucket.merged(row, LENGTHS[level + 1]), partsPerRow, complete);
		}
	}

	/**
	 * Ends the series.
	 * @return rows of all that was not yet in one
	 */
	public List<CoarseRow> finish() {
		List<CoarseRow> complete = new ArrayList<>();
		for (int level = 0; level < LENGTHS.length; level++) {
			complete(level, Integer.MAX_VALUE, complete);
		}
		return complete;
	}

	/**
	 * Returns the buckets that are in no row of a length yet.
	 * @param millis the length, one that {@link #lengthFor} returns
	 */
	public List<Bucket> pending(long millis) {
		List<Bucket> buckets = new ArrayList<>();
		for (int level = 0; level < LENGTHS.length && LENGTHS[level] <= millis; level++) {
			buckets.addAll(decoded(this.parts.get(level)));
		}
		return buckets;
	}

	/**
	 * Returns the memory of the buckets that are in no row yet, in bytes.
	 */
	public long bytes() {
		return this.parts.stream().flatMap(List::stream).mapToLong((part) -> PART_BYTES + part.length).sum();
	}

	private static List<Bucket> decoded(List<byte[]> parts) {
		return parts.stream().flatMap((part) -> BucketBlock.decode(part).stream()).toList();
	}

}
