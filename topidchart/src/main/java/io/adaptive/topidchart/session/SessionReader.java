package io.adaptive.topidchart.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.CoarseSeries;
import io.adaptive.topidchart.series.Grid;
import io.adaptive.topidchart.series.Point;
import io.adaptive.topidchart.series.PointBlock;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.SessionRepository;
import io.adaptive.topidchart.store.Snapshot;
import io.adaptive.topidchart.store.StoredBlock;
import io.adaptive.topidchart.store.StoredSeries;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Reads sessions, live or ended, from memory and database. Blocks; any thread.
 */
@Component
public class SessionReader {

	private final Sessions sessions;

	private final SessionRepository repository;

	private final BlockStore store;

	private final BlockWriter writer;

	SessionReader(Sessions sessions, SessionRepository repository, BlockStore store, BlockWriter writer) {
		this.sessions = sessions;
		this.repository = repository;
		this.store = store;
		this.writer = writer;
	}

	/**
	 * Returns the latest sessions that were opened before a moment, the latest first.
	 * @param before the moment, in milliseconds since 1970
	 * @param most how many at most
	 */
	public List<ChartSession> latest(long before, int most) {
		try {
			return this.repository.findLatest(before, most)
				.stream()
				.map((each) -> live(each).map(LiveSession::session).orElse(each))
				.toList();
		}
		catch (DataAccessException | TransactionException ex) {
			return this.sessions.all().stream().filter((each) -> each.opened() < before).limit(most).toList();
		}
	}

	/**
	 * Returns the session of a page, with its latest progress.
	 */
	public Optional<ChartSession> find(String tag, String name) {
		Optional<LiveSession> live = this.sessions.byPage(tag, name);
		return live.isPresent() ? live.map(LiveSession::session) : this.repository.findByTagAndName(tag, name);
	}

	/**
	 * Returns a session that is not all in the database yet.
	 */
	public Optional<LiveSession> live(ChartSession session) {
		return this.sessions.byPage(session.tag(), session.name());
	}

	/**
	 * Returns whether the database does not take blocks at the moment.
	 */
	public boolean isDatabaseAway() {
		return this.writer.isAway();
	}

	/**
	 * Returns the series of a session, in the order of their numbers.
	 */
	public List<StoredSeries> series(ChartSession session) {
		return live(session).map(LiveSession::series).orElseGet(() -> this.store.series(session.storedId()));
	}

	/**
	 * Returns buckets of some series, no longer than a step of a grid.
	 */
	public Map<Integer, List<Bucket>> buckets(ChartSession session, List<Integer> ids, Grid grid) {
		long resolution = CoarseSeries.lengthFor(grid.millis());
		long end = grid.start() + grid.millis() * grid.steps();
		Map<Integer, List<Bucket>> buckets = new HashMap<>();
		// Memory first: what is stored meanwhile is in there, and is not read again.
		long storedNumber = live(session).map((live) -> live.read((view) -> {
			view.addBuckets(new HashSet<>(ids), resolution, grid.start(), end, buckets);
			return view.storedNumber();
		})).orElse(Long.MAX_VALUE);
		List<StoredBlock> stored = stored(session, () -> this.store.blocks(session.storedId(), ids,
				new BlockStore.Part(resolution, grid.start(), end, storedNumber)));
		for (StoredBlock each : stored) {
			buckets.computeIfAbsent(each.seriesId(), (id) -> new ArrayList<>()).addAll(LiveView.bucketsOf(each));
		}
		return buckets;
	}

	/**
	 * Returns the sample next to a moment, the earlier one of two: the points of all
	 * series with its number.
	 */
	public Map<Integer, Point> sampleAt(ChartSession session, long millis) {
		Set<Long> times = new TreeSet<>();
		Map<Integer, Point> sample = new HashMap<>();
		series(session).stream()
			.filter((each) -> each.key().equals(SeriesKey.TOTAL))
			.findFirst()
			.ifPresent((total) -> times.addAll(timesAround(session, total.id(), millis)));
		times.stream()
			.min(Comparator.comparingLong((time) -> Math.abs(time - millis)))
			.ifPresent((time) -> addSample(session, time, sample));
		return sample;
	}

	/** The total is in all samples. */
	private List<Long> timesAround(ChartSession session, int total, long millis) {
		List<Point> points = new ArrayList<>();
		live(session).ifPresent((live) -> points.addAll(live.read((view) -> view.pointsOf(total))));
		stored(session, () -> this.store.pointsAround(session.storedId(), total, millis))
			.forEach((each) -> points.addAll(PointBlock.decode(each.data())));
		return points.stream().map(Point::millis).toList();
	}

	private void addSample(ChartSession session, long time, Map<Integer, Point> sample) {
		Map<Integer, List<Point>> points = new HashMap<>();
		live(session).ifPresent((live) -> points.putAll(live.read((view) -> view.pointsAt(time))));
		List<Integer> ids = series(session).stream()
			.filter((each) -> each.stats().firstMillis() <= time && each.stats().lastMillis() >= time)
			.map(StoredSeries::id)
			.toList();
		for (StoredBlock each : stored(session,
				() -> this.store.blocks(session.storedId(), ids, new BlockStore.Part(0, time, time, Long.MAX_VALUE)))) {
			points.computeIfAbsent(each.seriesId(), (id) -> new ArrayList<>()).addAll(PointBlock.decode(each.data()));
		}
		points.forEach((id, list) -> list.stream()
			.filter((point) -> point.millis() == time)
			.forEach((point) -> sample.put(id, point)));
	}

	/**
	 * Returns when the trees of processes were taken, in the order of time.
	 */
	public List<Long> snapshotTimes(ChartSession session) {
		// Memory first: what is stored meanwhile is in both.
		Set<Long> times = new TreeSet<>();
		live(session)
			.ifPresent((live) -> live.read(LiveView::allSnapshots).forEach((each) -> times.add(each.millis())));
		times.addAll(stored(session, () -> this.store.snapshotTimes(session.storedId())));
		return List.copyOf(times);
	}

	/**
	 * Returns a tree of processes.
	 */
	public Optional<String> snapshot(ChartSession session, long millis) {
		Optional<String> live = live(session).flatMap((each) -> each.read(LiveView::allSnapshots)
			.stream()
			.filter((snapshot) -> snapshot.millis() == millis)
			.map(Snapshot::text)
			.findFirst());
		return live.isPresent() ? live
				: stored(session, () -> this.store.snapshot(session.storedId(), millis)).stream().findFirst();
	}

	/** While the database is away, a session that goes on is what is in memory. */
	private <T> List<T> stored(ChartSession session, Supplier<List<T>> reading) {
		try {
			return reading.get();
		}
		catch (DataAccessException ex) {
			if (live(session).isEmpty()) {
				throw ex;
			}
			return List.of();
		}
	}

}
