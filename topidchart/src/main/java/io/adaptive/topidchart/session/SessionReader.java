package io.adaptive.topidchart.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.CoarseSeries;
import io.adaptive.topidchart.series.Grid;
import io.adaptive.topidchart.series.Point;
import io.adaptive.topidchart.series.PointBlock;
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
	 * Returns all sessions, the latest first.
	 */
	public List<ChartSession> all() {
		try {
			return this.repository.findAllByOrderByOpenedDesc()
				.stream()
				.map((each) -> live(each).map(LiveSession::session).orElse(each))
				.toList();
		}
		catch (DataAccessException | TransactionException ex) {
			return this.sessions.all();
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
	 * Returns a session that has not ended.
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
		// What is stored meanwhile is read twice, which changes no mean.
		live(session).ifPresent((live) -> live.read((view) -> {
			view.addBuckets(new HashSet<>(ids), resolution, grid.start(), end, buckets);
			return buckets;
		}));
		List<StoredBlock> stored = stored(session,
				() -> this.store.blocks(session.storedId(), ids, resolution, grid.start(), end));
		for (StoredBlock each : stored) {
			buckets.computeIfAbsent(each.seriesId(), (id) -> new ArrayList<>()).addAll(LiveView.bucketsOf(each));
		}
		return buckets;
	}

	/**
	 * Returns the sample next to a moment: the points of all series with its number.
	 */
	public Map<Integer, Point> sampleAt(ChartSession session, long millis) {
		Map<Integer, List<Point>> points = new HashMap<>();
		live(session).ifPresent((live) -> points.putAll(live.read((view) -> view.pointsAt(millis))));
		for (StoredBlock each : stored(session, () -> this.store.pointsAt(session.storedId(), millis))) {
			points.computeIfAbsent(each.seriesId(), (id) -> new ArrayList<>()).addAll(PointBlock.decode(each.data()));
		}
		Optional<Point> nearest = points.values()
			.stream()
			.flatMap(List::stream)
			.min(Comparator.comparingLong((point) -> Math.abs(point.millis() - millis)));
		Map<Integer, Point> sample = new HashMap<>();
		nearest.ifPresent((wanted) -> points.forEach((id, list) -> list.stream()
			.filter((point) -> point.number() == wanted.number())
			.forEach((point) -> sample.put(id, point))));
		return sample;
	}

	/**
	 * Returns when the trees of processes were taken, in the order of time.
	 */
	public List<Long> snapshotTimes(ChartSession session) {
		List<Long> times = new ArrayList<>(stored(session, () -> this.store.snapshotTimes(session.storedId())));
		live(session)
			.ifPresent((live) -> live.read(LiveView::allSnapshots).forEach((each) -> times.add(each.millis())));
		return times.stream().distinct().sorted().toList();
	}

	/**
	 * Returns a tree of processes.
	 */
	public Optional<String> snapshot(ChartSession session, long millis) {
		Optional<String> stored = stored(session, () -> this.store.snapshot(session.storedId(), millis)).stream()
			.findFirst();
		if (stored.isPresent()) {
			return stored;
		}
		return live(session).flatMap((live) -> live.read(LiveView::allSnapshots)
			.stream()
			.filter((each) -> each.millis() == millis)
			.map(Snapshot::text)
			.findFirst());
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
