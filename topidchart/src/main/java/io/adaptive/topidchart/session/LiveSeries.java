package io.adaptive.topidchart.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.BucketBlock;
import io.adaptive.topidchart.series.CoarseRow;
import io.adaptive.topidchart.series.CoarseSeries;
import io.adaptive.topidchart.series.Point;
import io.adaptive.topidchart.series.PointBlock;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.series.SeriesStats;
import io.adaptive.topidchart.store.StoredBlock;
import io.adaptive.topidchart.store.StoredSeries;
import org.jspecify.annotations.Nullable;

/**
 * A series in its open block, in arrays because there are thousands. One that has ended
 * keeps its statistics only. Not for several threads.
 */
final class LiveSeries {

	private static final int FIRST_CAPACITY = 8;

	private static final long POINT_BYTES = 20;

	private static final long COARSE_BYTES = 512;

	private static final long REST_BYTES = 320;

	private final int id;

	private final SeriesKey key;

	private String name;

	private SeriesStats stats;

	private @Nullable CoarseSeries coarse;

	/** What it has taken for points. */
	private long heldBytes;

	/** What it has taken for buckets that are in no coarser row. */
	private long bucketBytes;

	private int size;

	/** Indexes of the samples. */
	private int[] samples = {};

	private int[] user = {};

	private int[] system = {};

	private long[] memory = {};

	LiveSeries(StoredSeries stored) {
		this.id = stored.id();
		this.key = stored.key();
		this.name = stored.name();
		this.stats = stored.stats();
	}

	/**
	 * Adds a reading.
	 * @return {@code false} if there is no memory for it
	 */
	boolean add(int sample, long millis, Reading reading, MemoryBudget.Account account) {
		if (this.size == this.samples.length && !grow(account)) {
			return false;
		}
		this.samples[this.size] = sample;
		this.user[this.size] = reading.user();
		this.system[this.size] = reading.system();
		this.memory[this.size] = reading.memory();
		this.size++;
		if (!this.name.equals(reading.name())) {
			account.takeAnyway(MemoryBudget.ofText(reading.name()) - MemoryBudget.ofText(this.name));
			this.name = reading.name();
		}
		this.stats = this.stats.and(millis, reading);
		return true;
	}

	private boolean grow(MemoryBudget.Account account) {
		int capacity = Math.max(FIRST_CAPACITY, 2 * this.size);
		long bytes = POINT_BYTES * (capacity - this.samples.length) + ((this.heldBytes == 0) ? COARSE_BYTES : 0);
		if (!account.take(bytes)) {
			return false;
		}
		this.heldBytes += bytes;
		this.samples = Arrays.copyOf(this.samples, capacity);
		this.user = Arrays.copyOf(this.user, capacity);
		this.system = Arrays.copyOf(this.system, capacity);
		this.memory = Arrays.copyOf(this.memory, capacity);
		return true;
	}

	/**
	 * Returns the memory of its statistics, for as long as its session goes on.
	 */
	long restBytes() {
		return REST_BYTES + MemoryBudget.ofText(this.name) + MemoryBudget.ofText(this.key.label());
	}

	int id() {
		return this.id;
	}

	StoredSeries stored() {
		return new StoredSeries(this.id, this.key, this.name, this.stats);
	}

	/**
	 * Returns whether the series has something that no row has yet.
	 */
	boolean isActive() {
		return this.size > 0 || this.coarse != null;
	}

	/**
	 * Returns the points of the open block.
	 */
	List<Point> points(OpenTimes times) {
		List<Point> points = new ArrayList<>(this.size);
		for (int i = 0; i < this.size; i++) {
			int sample = this.samples[i];
			points.add(new Point(times.number(sample), times.millis(sample), this.user[i], this.system[i],
					this.memory[i]));
		}
		return points;
	}

	/**
	 * Returns buckets that are in no coarser row.
	 */
	List<Bucket> pending(long resolution) {
		return (this.coarse == null) ? List.of() : this.coarse.pending(resolution);
	}

	/**
	 * Takes rows of buckets that were pending before a restart.
	 */
	void restore(StoredBlock row, MemoryBudget.Account account) {
		if (row.resolution() == 0) {
			coarse().add(PointBlock.decode(row.data()));
		}
		else {
			coarse().restore(row.resolution(), BucketBlock.decode(row.data()));
		}
		countBuckets(account);
	}

	private CoarseSeries coarse() {
		CoarseSeries current = this.coarse;
		if (current == null) {
			current = new CoarseSeries();
			this.coarse = current;
		}
		return current;
	}

	/**
	 * They are there already: a series above the limit is left out when it needs more.
	 */
	private void countBuckets(MemoryBudget.Account account) {
		long bytes = (this.coarse == null) ? 0 : this.coarse.bytes();
		account.takeAnyway(bytes - this.bucketBytes);
		this.bucketBytes = bytes;
	}

	/**
	 * Closes the block. A series without points in it has ended for now.
	 * @param last whether the session ends
	 * @param account gets the memory of one that has ended back
	 */
	List<StoredBlock> close(OpenTimes times, boolean last, MemoryBudget.Account account) {
		List<StoredBlock> rows = new ArrayList<>();
		List<Point> points = points(times);
		List<CoarseRow> coarser = new ArrayList<>();
		if (!points.isEmpty()) {
			rows.add(new StoredBlock(this.id, 0, points.get(0).millis(), points.get(points.size() - 1).millis(),
					PointBlock.encode(points)));
			coarser.addAll(coarse().add(points));
		}
		if ((points.isEmpty() || last) && this.coarse != null) {
			coarser.addAll(this.coarse.finish());
			this.coarse = null;
		}
		coarser.forEach((row) -> rows.add(new StoredBlock(this.id, row.millis(), row.from(), row.to(), row.data())));
		countBuckets(account);
		clear(points.isEmpty(), account);
		return rows;
	}

	private void clear(boolean release, MemoryBudget.Account account) {
		this.size = 0;
		if (release) {
			account.give(this.heldBytes);
			this.heldBytes = 0;
			this.samples = new int[0];
			this.user = new int[0];
			this.system = new int[0];
			this.memory = new long[0];
		}
	}

}
