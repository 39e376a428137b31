package io.adaptive.topidchart.session;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.topidchart.series.CoarseSeries;
import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.Machine;
import io.adaptive.topidchart.store.Progress;
import io.adaptive.topidchart.store.SessionRepository;
import io.adaptive.topidchart.store.SessionStore;
import io.adaptive.topidchart.store.StoredBlock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The sessions that have not ended. Those of an earlier run of this service are back when
 * this is made. For any thread.
 */
@Component
public class Sessions {

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final int NAME_BYTES = 4;

	private final SessionRepository repository;

	private final SessionProperties properties;

	private final BlockWriter writer;

	private final MemoryBudget memory;

	private final BlockStore store;

	private final SessionStore opening;

	private final Clock clock;

	private final SessionKeys keys = new SessionKeys();

	/** The sessions by the hashes of their keys. */
	private final Map<String, LiveSession> live = new ConcurrentHashMap<>();

	Sessions(SessionRepository repository, BlockStore store, SessionStore opening, SessionProperties properties,
			BlockWriter writer, MemoryBudget memory, Clock clock) throws IOException, InterruptedException {
		this.opening = opening;
		this.repository = repository;
		this.properties = properties;
		this.writer = writer;
		this.memory = memory;
		this.store = store;
		this.clock = clock;
		writer.whenLast((session) -> {
			this.live.remove(session.session().keyHash());
			session.release();
		});
		for (ChartSession each : repository.findByEndedFalse()) {
			MemoryBudget.Account account = memory.account();
			account.takeAnyway(MemoryBudget.ofSession(each.machine()));
			LiveSession session = new LiveSession(each, properties, account, clock.millis());
			List<StoredBlock> pending = new ArrayList<>(store.notCoarser(each.storedId(), 0));
			CoarseSeries.lengthsBelowTheLongest()
				.forEach((length) -> pending.addAll(store.notCoarser(each.storedId(), length)));
			session.restore(store.series(each.storedId()), pending);
			for (Closing closing : session.replay()) {
				writer.put(closing);
			}
			this.live.put(each.keyHash(), session);
		}
	}

	/**
	 * Opens a session.
	 * @param tag the tag, checked
	 * @param intervalSeconds the time between two samples
	 * @param machine the machine
	 * @return the session and its key
	 * @throws TooManySessionsException if as many are open as may, or they have as much
	 * memory as they may
	 */
	public Opened open(String tag, int intervalSeconds, Machine machine) {
		if (this.live.size() >= this.properties.maxOpen()) {
			throw new TooManySessionsException(
					"%s sessions are open, the limit topidchart.session.max-open".formatted(this.properties.maxOpen()));
		}
		MemoryBudget.Account account = this.memory.account();
		if (!account.take(MemoryBudget.ofSession(machine))) {
			throw new TooManySessionsException(
					"The session needs more memory than topidchart.session.memory-of-one, %s, or than all sessions have left of topidchart.session.memory, %s"
						.formatted(this.properties.memoryOfOne(), this.properties.memory()));
		}
		try {
			return open(tag, intervalSeconds, machine, account);
		}
		catch (RuntimeException ex) {
			account.giveAll();
			throw ex;
		}
	}

	private Opened open(String tag, int intervalSeconds, Machine machine, MemoryBudget.Account account) {
		String key = this.keys.newKey();
		String hash = SessionKeys.hash(key);
		String name = NAME.format(this.clock.instant()) + "-" + this.keys.word(NAME_BYTES);
		ChartSession made = new ChartSession(null, tag, name, hash, this.clock.millis(), intervalSeconds, machine,
				Progress.none(), false, false);
		LiveSession session = this.opening.open(made,
				(stored) -> new LiveSession(stored, this.properties, account, this.clock.millis()));
		this.live.put(hash, session);
		return new Opened(session, key);
	}

	/**
	 * Returns the session of a key, empty if it has ended or there never was one.
	 */
	public Optional<LiveSession> byKey(String key) {
		return Optional.ofNullable(this.live.get(SessionKeys.hash(key))).filter((each) -> !each.isEnded());
	}

	/**
	 * Returns the session of a page, empty if all of it is stored or there never was one.
	 */
	Optional<LiveSession> byPage(String tag, String name) {
		return this.live.values()
			.stream()
			.filter((each) -> each.session().tag().equals(tag) && each.session().name().equals(name))
			.findFirst();
	}

	/**
	 * Keeps a session regardless of age and size, or no longer.
	 * @param tag its tag
	 * @param name its name
	 * @param pin whether it is kept
	 * @param most how many may be kept
	 * @return the session, empty if there is none
	 * @throws TooManySessionsException if as many are kept as may
	 */
	public synchronized Optional<ChartSession> pin(String tag, String name, boolean pin, int most) {
		Optional<ChartSession> found = this.repository.findByTagAndName(tag, name);
		if (found.isEmpty() || found.get().pinned() == pin) {
			return found;
		}
		if (pin && this.repository.countByPinnedTrue() >= most) {
			throw new TooManySessionsException(
					"%s sessions are pinned, the limit topidchart.limits.pinned".formatted(most));
		}
		this.store.pin(found.get().storedId(), pin);
		byPage(tag, name).ifPresent((live) -> live.pin(pin));
		return this.repository.findByTagAndName(tag, name);
	}

	/**
	 * Returns all of them, the latest first.
	 */
	List<ChartSession> all() {
		return this.live.values()
			.stream()
			.map(LiveSession::session)
			.sorted(Comparator.comparingLong(ChartSession::opened).reversed())
			.toList();
	}

	/**
	 * Takes a sample. One that has arrived before does not count again. Waits while too
	 * many blocks wait for the database.
	 * @param sample the sample, with the time of its collector
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public void accept(LiveSession session, Moment sample) throws InterruptedException {
		session.accept(sample, this.clock::millis, this.writer::put);
	}

	/**
	 * Ends the sessions without samples for long. While the database is away, collectors
	 * may wait for it, and none ends.
	 */
	@Scheduled(fixedDelay = 1000)
	void endIdle() throws InterruptedException {
		if (this.writer.isAway()) {
			this.live.values().forEach((each) -> each.excuse(this.clock.millis()));
			return;
		}
		for (LiveSession each : List.copyOf(this.live.values())) {
			each.endIfIdle(this.clock.millis(), this.writer::put);
		}
	}

	/**
	 * A session that was opened.
	 *
	 * @param session the session
	 * @param key what resumes it
	 */
	public record Opened(LiveSession session, String key) {

	}

}
