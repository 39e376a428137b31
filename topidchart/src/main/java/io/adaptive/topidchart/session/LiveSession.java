package io.adaptive.topidchart.session;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.series.SeriesStats;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.ClosedBlock;
import io.adaptive.topidchart.store.Journal;
import io.adaptive.topidchart.store.Progress;
import io.adaptive.topidchart.store.Snapshot;
import io.adaptive.topidchart.store.StoredBlock;
import io.adaptive.topidchart.store.StoredSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * A session that samples arrive for: its open block, and closed ones that wait to be
 * stored. For any thread.
 */
public final class LiveSession {

	private static final Logger logger = LoggerFactory.getLogger(LiveSession.class);

	/** A collector keeps as many samples for a service that is away. */
	private static final long KEPT_SAMPLES = 120;

	private static final long LATE_MILLIS = 60_000;

	/** A session ends when as many samples are missing, if that is later. */
	private static final int MISSING_SAMPLES = 3;

	private final ChartSession session;

	private final SessionProperties properties;

	private final Journal journal;

	private final SampleClock clock;

	private final Map<SeriesKey, LiveSeries> series = new LinkedHashMap<>();

	private final OpenTimes times;

	private final List<Snapshot> snapshots = new ArrayList<>();

	private final Deque<ClosedBlock> waiting = new ArrayDeque<>();

	private final Sinks.Many<Moment> moments = Sinks.many().multicast().directBestEffort();

	private Progress progress;

	private int lastSeries;

	private long leftOut;

	private long heard;

	private boolean ended;

	LiveSession(ChartSession session, SessionProperties properties, long now) {
		this.session = session;
		this.properties = properties;
		this.journal = new Journal(properties.journal(), session.storedId());
		this.progress = session.progress();
		this.clock = new SampleClock(KEPT_SAMPLES * 1000 * session.intervalSeconds() + LATE_MILLIS,
				this.progress.clockOffset(), this.progress.lastMillis());
		this.times = new OpenTimes(properties.blockSamples());
		this.heard = now;
	}

	/**
	 * Returns the session with its latest progress.
	 */
	public synchronized ChartSession session() {
		return new ChartSession(this.session.id(), this.session.tag(), this.session.name(), this.session.keyHash(),
				this.session.opened(), this.session.intervalSeconds(), this.session.machine(), this.progress,
				this.ended, this.session.pinned());
	}

	/**
	 * Returns the samples as they arrive. One who is slow misses some.
	 */
	public Flux<Moment> moments() {
		return this.moments.asFlux();
	}

	/**
	 * Returns how many readings were left out because there were too many series.
	 */
	public synchronized long leftOut() {
		return this.leftOut;
	}

	synchronized void restore(List<StoredSeries> stored, List<StoredBlock> pending) {
		Map<Integer, LiveSeries> byId = new LinkedHashMap<>();
		for (StoredSeries each : stored) {
			LiveSeries live = new LiveSeries(each);
			this.series.put(each.key(), live);
			this.lastSeries = Math.max(this.lastSeries, each.id());
			byId.put(each.id(), live);
		}
		for (StoredBlock row : pending) {
			LiveSeries live = byId.get(row.seriesId());
			if (live != null) {
				live.restore(row);
			}
		}
	}

	/**
	 * Takes the samples of the journal.
	 * @return the blocks that they fill
	 */
	synchronized List<Closing> replay() throws IOException {
		List<Closing> closed = new ArrayList<>();
		for (Moment each : this.journal.read()) {
			if (each.number() > this.progress.lastNumber()) {
				this.clock.replay(each.millis());
				take(each);
				if (this.times.isFull()) {
					closed.add(new Closing(this, closeBlock(), List.of()));
				}
			}
		}
		return closed;
	}

	/**
	 * Takes a sample, unless it or a later one has arrived before.
	 * @param sample the sample, with the time of its collector
	 * @param now the time of this machine
	 * @return a block that it fills
	 */
	synchronized Optional<Closing> accept(Moment sample, long now) {
		this.heard = now;
		if (this.ended || sample.number() <= this.progress.lastNumber()) {
			return Optional.empty();
		}
		Moment moment = Totals.with(sample.at(this.clock.shown(sample.millis(), now)));
		try {
			this.journal.append(moment);
		}
		catch (IOException ex) {
			logger.error("Sample {} of session {}/{} is not in the journal in {}, and lost if the service is killed",
					moment.number(), this.session.tag(), this.session.name(), this.properties.journal(), ex);
		}
		take(moment);
		this.moments.tryEmitNext(moment);
		return this.times.isFull() ? Optional.of(closing()) : Optional.empty();
	}

	private void take(Moment moment) {
		int sample = this.times.add(moment.number(), moment.millis());
		for (Reading each : moment.readings()) {
			LiveSeries live = this.series.get(each.key());
			if (live == null && this.series.size() < this.properties.maxSeries()) {
				live = new LiveSeries(new StoredSeries(++this.lastSeries, each.key(), each.name(),
						SeriesStats.begin(moment.millis())));
				this.series.put(each.key(), live);
			}
			if (live != null) {
				live.add(sample, moment.millis(), each);
			}
			else {
				leaveOut();
			}
		}
		if (!moment.snapshot().isEmpty()) {
			this.snapshots.add(new Snapshot(moment.millis(), moment.snapshot()));
		}
		this.progress = new Progress(this.clock.offset(), moment.number(), moment.millis(), moment.dropped());
	}

	private void leaveOut() {
		if (this.leftOut++ == 0) {
			logger.warn(
					"Session {}/{} has {} series, the limit topidchart.session.max-series; further ones are left out",
					this.session.tag(), this.session.name(), this.properties.maxSeries());
		}
	}

	private Closing closing() {
		ClosedBlock block = closeBlock();
		try {
			return new Closing(this, block, this.journal.rotate());
		}
		catch (IOException ex) {
			logger.error("The journal of session {}/{} in {} cannot be read", this.session.tag(), this.session.name(),
					this.properties.journal(), ex);
			return new Closing(this, block, List.of());
		}
	}

	private ClosedBlock closeBlock() {
		List<StoredSeries> changed = new ArrayList<>();
		List<StoredBlock> rows = new ArrayList<>();
		for (LiveSeries each : this.series.values()) {
			if (each.isActive()) {
				rows.addAll(each.close(this.times, this.ended));
				changed.add(each.stored());
			}
		}
		ClosedBlock block = new ClosedBlock(this.session.storedId(), this.progress, changed, rows,
				List.copyOf(this.snapshots), this.ended);
		this.waiting.add(block);
		this.times.clear();
		this.snapshots.clear();
		return block;
	}

	/**
	 * Ends the session if no sample has arrived for long.
	 * @return its last block
	 */
	synchronized Optional<Closing> endIfIdle(long now) {
		long missing = MISSING_SAMPLES * 1000L * this.session.intervalSeconds();
		if (this.ended || now - this.heard < Math.max(this.properties.endsAfter().toMillis(), missing)) {
			return Optional.empty();
		}
		this.ended = true;
		this.moments.tryEmitComplete();
		return Optional.of(closing());
	}

	/**
	 * Does not count the time up to now as time without samples.
	 */
	synchronized void excuse(long now) {
		this.heard = now;
	}

	synchronized void stored(ClosedBlock block) {
		this.waiting.remove(block);
	}

	/**
	 * Returns the series, in the order of their numbers.
	 */
	synchronized List<StoredSeries> series() {
		return this.series.values().stream().map(LiveSeries::stored).toList();
	}

	/**
	 * Reads what the database does not have yet.
	 */
	synchronized <T> T read(Function<LiveView, T> reading) {
		return reading.apply(new LiveView(this.series.values(), this.times, this.waiting, this.snapshots));
	}

}
