package io.adaptive.topidchart.session;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.ClosedBlock;
import io.adaptive.topidchart.store.Journal;
import io.adaptive.topidchart.store.Progress;
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

	private final OpenBlock open;

	private final Deque<ClosedBlock> waiting = new ArrayDeque<>();

	private final Sinks.Many<Moment> moments = Sinks.many().multicast().directBestEffort();

	/**
	 * Held by the sample or the end that is being taken, until its block is handed over:
	 * blocks leave in order, and listeners are called one at a time.
	 */
	private final ReentrantLock turn = new ReentrantLock(true);

	private final MemoryBudget.Account account;

	private Progress progress;

	private long heard;

	private long storedNumber;

	private boolean ended;

	private boolean pinned;

	LiveSession(ChartSession session, SessionProperties properties, MemoryBudget.Account account, long now) {
		this.session = session;
		this.properties = properties;
		this.account = account;
		this.journal = new Journal(properties.journal(), session.storedId());
		this.progress = session.progress();
		this.clock = new SampleClock(KEPT_SAMPLES * 1000 * session.intervalSeconds() + LATE_MILLIS,
				this.progress.clockOffset(), this.progress.lastMillis());
		this.open = new OpenBlock(session, properties, account);
		this.heard = now;
		this.storedNumber = this.progress.lastNumber();
		this.pinned = session.pinned();
	}

	/**
	 * Returns the session with its latest progress.
	 */
	public synchronized ChartSession session() {
		return new ChartSession(this.session.id(), this.session.tag(), this.session.name(), this.session.keyHash(),
				this.session.opened(), this.session.intervalSeconds(), this.session.machine(), this.progress,
				this.ended, this.pinned);
	}

	/**
	 * Returns whether no more samples are accepted.
	 */
	public synchronized boolean isEnded() {
		return this.ended;
	}

	synchronized void pin(boolean pin) {
		this.pinned = pin;
	}

	/**
	 * Returns the samples as they arrive. One who is slow misses some.
	 */
	public Flux<Moment> moments() {
		return this.moments.asFlux();
	}

	/**
	 * Returns how many readings and trees were left out because of a limit.
	 */
	public synchronized long leftOut() {
		return this.open.leftOut();
	}

	synchronized void restore(List<StoredSeries> stored, List<StoredBlock> pending) {
		this.open.restore(stored, pending);
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
				if (this.open.isFull()) {
					closed.add(new Closing(this, closeBlock(), List.of()));
				}
			}
		}
		return closed;
	}

	/**
	 * Takes a sample, unless it or a later one has arrived before, and hands over the
	 * block that it fills. Waits while a sample before it hands over a block. The wait
	 * for the database is no time without samples.
	 * @param sample the sample, with the time of its collector
	 * @param now the time of this machine, in milliseconds since 1970
	 * @param handover takes the block
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	void accept(Moment sample, LongSupplier now, Handover handover) throws InterruptedException {
		this.turn.lockInterruptibly();
		try {
			Optional<Moment> taken = take(sample, now.getAsLong());
			if (taken.isEmpty()) {
				return;
			}
			// Without the lock, which listeners on other threads may need.
			this.moments.tryEmitNext(taken.get());
			Optional<Closing> full = closeIfFull();
			if (full.isPresent()) {
				handover.put(full.get());
				excuse(now.getAsLong());
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	private synchronized Optional<Moment> take(Moment sample, long now) {
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
		return Optional.of(moment);
	}

	private synchronized Optional<Closing> closeIfFull() {
		return this.open.isFull() ? Optional.of(closing()) : Optional.empty();
	}

	private void take(Moment moment) {
		this.open.add(moment);
		this.progress = new Progress(this.clock.offset(), moment.number(), moment.millis(), moment.dropped());
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
		ClosedBlock block = this.open.close(this.progress, this.ended);
		this.waiting.add(block);
		return block;
	}

	/**
	 * Ends the session if no sample has arrived for long, and hands over its last block.
	 * Does nothing while a sample is being taken.
	 * @param now the time of this machine
	 * @param handover takes the block
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	void endIfIdle(long now, Handover handover) throws InterruptedException {
		if (!this.turn.tryLock()) {
			return;
		}
		try {
			Optional<Closing> last = end(now);
			if (last.isPresent()) {
				this.moments.tryEmitComplete();
				handover.put(last.get());
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	private synchronized Optional<Closing> end(long now) {
		long missing = MISSING_SAMPLES * 1000L * this.session.intervalSeconds();
		if (this.ended || now - this.heard < Math.max(this.properties.endsAfter().toMillis(), missing)) {
			return Optional.empty();
		}
		this.ended = true;
		return Optional.of(closing());
	}

	/**
	 * Does not count the time up to now as time without samples.
	 */
	synchronized void excuse(long now) {
		this.heard = now;
	}

	/**
	 * Forgets a block that the database has, or will never have.
	 * @return whether there will be no further one
	 */
	synchronized boolean stored(ClosedBlock block) {
		if (this.waiting.remove(block)) {
			this.account.give(MemoryBudget.ofBlock(block));
			// The last block's rows are in the database under a number behind its
			// samples.
			this.storedNumber = block.ended() ? Long.MAX_VALUE
					: Math.max(this.storedNumber, block.progress().lastNumber());
		}
		return this.ended && this.waiting.isEmpty();
	}

	/**
	 * Gives back the memory of a session that is forgotten.
	 */
	void release() {
		this.account.giveAll();
	}

	/**
	 * Returns the series, in the order of their numbers.
	 */
	synchronized List<StoredSeries> series() {
		return this.open.series();
	}

	/**
	 * Reads what the database does not have yet.
	 */
	synchronized <T> T read(Function<LiveView, T> reading) {
		return reading.apply(this.open.view(this.waiting, this.storedNumber));
	}

	/**
	 * Takes blocks, in order.
	 */
	@FunctionalInterface
	interface Handover {

		/**
		 * Takes a block.
		 * @throws InterruptedException if the thread is interrupted while it waits
		 */
		void put(Closing closing) throws InterruptedException;

	}

}
