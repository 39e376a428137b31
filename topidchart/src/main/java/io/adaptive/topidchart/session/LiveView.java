package io.adaptive.topidchart.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.BucketBlock;
import io.adaptive.topidchart.series.Point;
import io.adaptive.topidchart.series.PointBlock;
import io.adaptive.topidchart.store.ClosedBlock;
import io.adaptive.topidchart.store.Snapshot;
import io.adaptive.topidchart.store.StoredBlock;

/**
 * What the database does not have yet of a session. Valid while its session is locked.
 *
 * @param series the series with their open blocks
 * @param times the times of the open block
 * @param waiting blocks that are closed
 * @param snapshots trees of processes of the open block
 * @param storedNumber the last sample of the blocks that are not in here any more
 */
record LiveView(Collection<LiveSeries> series, OpenTimes times, Collection<ClosedBlock> waiting,
		List<Snapshot> snapshots, long storedNumber) {

	/**
	 * Adds buckets of some series.
	 * @param resolution zero for points, else the length of a bucket
	 */
	void addBuckets(Set<Integer> ids, long resolution, long from, long to, Map<Integer, List<Bucket>> buckets) {
		for (StoredBlock each : waitingRows(resolution)) {
			if (ids.contains(each.seriesId()) && each.touches(from, to)) {
				list(each.seriesId(), buckets).addAll(bucketsOf(each));
			}
		}
		for (LiveSeries each : this.series) {
			if (ids.contains(each.id())) {
				list(each.id(), buckets).addAll(each.pending(resolution));
				list(each.id(), buckets).addAll(Bucket.ofPoints(each.points(this.times), 1));
			}
		}
	}

	private static <T> List<T> list(int id, Map<Integer, List<T>> lists) {
		return lists.computeIfAbsent(id, (key) -> new ArrayList<>());
	}

	static List<Bucket> bucketsOf(StoredBlock block) {
		return (block.resolution() == 0) ? Bucket.ofPoints(PointBlock.decode(block.data()), 1)
				: BucketBlock.decode(block.data());
	}

	private List<StoredBlock> waitingRows(long resolution) {
		return this.waiting.stream()
			.flatMap((block) -> block.blocks().stream())
			.filter((row) -> row.resolution() == resolution)
			.toList();
	}

	/**
	 * Returns the points of all series around a moment.
	 */
	Map<Integer, List<Point>> pointsAt(long millis) {
		Map<Integer, List<Point>> points = new HashMap<>();
		for (StoredBlock each : waitingRows(0)) {
			if (each.touches(millis, millis)) {
				list(each.seriesId(), points).addAll(PointBlock.decode(each.data()));
			}
		}
		if (!this.times.isEmpty() && this.times.millis(0) <= millis) {
			this.series.forEach((each) -> list(each.id(), points).addAll(each.points(this.times)));
		}
		return points;
	}

	/**
	 * Returns the points of one series.
	 */
	List<Point> pointsOf(int id) {
		List<Point> points = new ArrayList<>();
		waitingRows(0).stream()
			.filter((each) -> each.seriesId() == id)
			.forEach((each) -> points.addAll(PointBlock.decode(each.data())));
		this.series.stream()
			.filter((each) -> each.id() == id)
			.forEach((each) -> points.addAll(each.points(this.times)));
		return points;
	}

	/**
	 * Returns the trees of processes.
	 */
	List<Snapshot> allSnapshots() {
		List<Snapshot> all = new ArrayList<>();
		this.waiting.forEach((block) -> all.addAll(block.snapshots()));
		all.addAll(this.snapshots);
		return all;
	}

}
