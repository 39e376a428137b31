package io.adaptive.topidchart.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.series.SeriesStats;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.ClosedBlock;
import io.adaptive.topidchart.store.Progress;
import io.adaptive.topidchart.store.Snapshot;
import io.adaptive.topidchart.store.StoredBlock;
import io.adaptive.topidchart.store.StoredSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The series of a session with the samples of its open block, within the memory that the
 * session may take. Guarded by the lock of the session.
 */
final class OpenBlock {

	private static final Logger logger = LoggerFactory.getLogger(OpenBlock.class);

	private final ChartSession session;

	private final SessionProperties properties;

	private final MemoryBudget.Account account;

	private final Map<SeriesKey, LiveSeries> series = new LinkedHashMap<>();

	private final OpenTimes times;

	private final List<Snapshot> snapshots = new ArrayList<>();

	private int lastSeries;

	private long leftOut;

	OpenBlock(ChartSession session, SessionProperties properties, MemoryBudget.Account account) {
		this.session = session;
		this.properties = properties;
		this.account = account;
		this.times = new OpenTimes(properties.blockSamples());
	}

	/**
	 * Takes what the database has of the series.
	 * @param stored the series
	 * @param pending the rows that are in no coarser row yet
	 */
	void restore(List<StoredSeries> stored, List<StoredBlock> pending) {
		Map<Integer, LiveSeries> byId = new LinkedHashMap<>();
		for (StoredSeries each : stored) {
			LiveSeries live = new LiveSeries(each);
			this.series.put(each.key(), live);
			this.account.takeAnyway(live.restBytes());
			this.lastSeries = Math.max(this.lastSeries, each.id());
			byId.put(each.id(), live);
		}
		for (StoredBlock row : pending) {
			LiveSeries live = byId.get(row.seriesId());
			if (live != null) {
				live.restore(row, this.account);
			}
		}
	}

	/**
	 * Adds a sample. Readings and a tree above the limits are left out and counted.
	 */
	void add(Moment moment) {
		int sample = this.times.add(moment.number(), moment.millis());
		for (Reading each : moment.readings()) {
			Optional<LiveSeries> live = series(each, moment.millis());
			if (live.isPresent() && live.get().add(sample, moment.millis(), each, this.account)) {
				continue;
			}
			leaveOut();
		}
		if (!moment.snapshot().isEmpty()) {
			if (this.account.take(MemoryBudget.ofText(moment.snapshot()))) {
				this.snapshots.add(new Snapshot(moment.millis(), moment.snapshot()));
			}
			else {
				leaveOut();
			}
		}
	}

	private Optional<LiveSeries> series(Reading reading, long millis) {
		LiveSeries known = this.series.get(reading.key());
		if (known != null || this.series.size() >= this.properties.maxSeries()) {
			return Optional.ofNullable(known);
		}
		LiveSeries made = new LiveSeries(
				new StoredSeries(this.lastSeries + 1, reading.key(), reading.name(), SeriesStats.begin(millis)));
		if (!this.account.take(made.restBytes())) {
			return Optional.empty();
		}
		this.lastSeries++;
		this.series.put(reading.key(), made);
		return Optional.of(made);
	}

	private void leaveOut() {
		if (this.leftOut++ == 0) {
			logger.warn(
					"Session {}/{} has {} series; what is above topidchart.session.max-series, {}, "
							+ "topidchart.session.memory-of-one, {}, or topidchart.session.memory, {} of all "
							+ "sessions, is left out",
					this.session.tag(), this.session.name(), this.series.size(), this.properties.maxSeries(),
					this.properties.memoryOfOne(), this.properties.memory());
		}
	}

	/**
	 * Returns whether the block has as many samples as it may.
	 */
	boolean isFull() {
		return this.times.isFull();
	}

	/**
	 * Closes the block and begins the next one. The memory of the closed block stays
	 * taken.
	 * @param progress how far the session has come
	 * @param last whether the session ends
	 */
	ClosedBlock close(Progress progress, boolean last) {
		List<StoredSeries> changed = new ArrayList<>();
		List<StoredBlock> rows = new ArrayList<>();
		for (LiveSeries each : this.series.values()) {
			if (each.isActive()) {
				rows.addAll(each.close(this.times, last, this.account));
				changed.add(each.stored());
			}
		}
		ClosedBlock block = new ClosedBlock(this.session.storedId(), progress, changed, rows,
				List.copyOf(this.snapshots), last);
		this.account.takeAnyway(MemoryBudget.ofBlock(block) - MemoryBudget.ofSnapshots(block));
		this.times.clear();
		this.snapshots.clear();
		return block;
	}

	/**
	 * Returns how many readings and trees were left out because of a limit.
	 */
	long leftOut() {
		return this.leftOut;
	}

	/**
	 * Returns the series, in the order of their numbers.
	 */
	List<StoredSeries> series() {
		return this.series.values().stream().map(LiveSeries::stored).toList();
	}

	/**
	 * Returns what the database does not have yet.
	 * @param waiting blocks that are closed
	 * @param storedNumber the last sample of the blocks that are stored
	 */
	LiveView view(Collection<ClosedBlock> waiting, long storedNumber) {
		return new LiveView(this.series.values(), this.times, waiting, this.snapshots, storedNumber);
	}

}
