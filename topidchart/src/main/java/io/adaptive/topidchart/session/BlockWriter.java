package io.adaptive.topidchart.session;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.ClosedBlock;
import io.adaptive.topidchart.store.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes blocks to the database by a thread of its own. While the database is away, the
 * blocks wait; when as many wait as may, those who bring one wait, too. A block that the
 * database will never take is dropped.
 */
@Component
class BlockWriter implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(BlockWriter.class);

	private static final long RETRY_MILLIS = 1000;

	private static final long STOP_MILLIS = 2000;

	private final BlockStore store;

	private final int capacity;

	/** Guarded by this. */
	private final Deque<Closing> waiting = new ArrayDeque<>();

	private final Thread thread = new Thread(this::run, "topidchart-store");

	private volatile boolean away;

	private volatile Consumer<LiveSession> last = (session) -> {
	};

	/** Guarded by this. */
	private boolean stopped;

	BlockWriter(BlockStore store, SessionProperties properties) {
		this.store = store;
		this.capacity = properties.waitingBlocks();
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Sets who is told of a session whose last block is done, on the thread of this.
	 */
	void whenLast(Consumer<LiveSession> listener) {
		this.last = listener;
	}

	/**
	 * Takes a block. After {@link #destroy} it stays in its journals.
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	synchronized void put(Closing closing) throws InterruptedException {
		while (this.waiting.size() >= this.capacity && !this.stopped) {
			wait();
		}
		this.waiting.addLast(closing);
		notifyAll();
	}

	/**
	 * Returns whether the database is away.
	 */
	boolean isAway() {
		return this.away;
	}

	private void run() {
		try {
			while (awaitNext()) {
				Closing next = poll();
				Outcome outcome = store(next, next.block());
				if (outcome == Outcome.REFUSED && next.block().ended()) {
					outcome = store(next, next.block().withoutData());
				}
				if (outcome == Outcome.AWAY) {
					return;
				}
				finish(next);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Stores a block, however long the database is away.
	 * @return {@link Outcome#AWAY} if this has stopped meanwhile
	 */
	private Outcome store(Closing closing, ClosedBlock block) throws InterruptedException {
		Outcome outcome = attempt(closing, block);
		while (outcome == Outcome.AWAY && !pause()) {
			outcome = attempt(closing, block);
		}
		return outcome;
	}

	private synchronized boolean awaitNext() throws InterruptedException {
		while (this.waiting.isEmpty() && !this.stopped) {
			wait();
		}
		return !this.stopped;
	}

	private synchronized Closing poll() {
		Closing next = this.waiting.removeFirst();
		notifyAll();
		return next;
	}

	/**
	 * Waits before the next attempt.
	 * @return whether this has stopped meanwhile
	 */
	private synchronized boolean pause() throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
		long left = RETRY_MILLIS;
		while (left > 0 && !this.stopped) {
			wait(left);
			left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
		}
		return this.stopped;
	}

	private synchronized int count() {
		return this.waiting.size();
	}

	/** Whatever fails, the thread goes on: blocks of other sessions wait for it. */
	private Outcome attempt(Closing closing, ClosedBlock block) {
		try {
			this.store.save(block);
			return Outcome.STORED;
		}
		catch (RuntimeException | Error ex) {
			if (isWorthRetry(ex) || isStopped()) {
				fail(ex);
				return Outcome.AWAY;
			}
			ChartSession session = closing.session().session();
			logger.error("The database refuses samples of session {}/{} up to {}, which are dropped", session.tag(),
					session.name(), block.progress().lastNumber(), ex);
			return Outcome.REFUSED;
		}
	}

	private void finish(Closing closing) {
		boolean done = closing.session().stored(closing.block());
		deleteJournals(closing);
		if (done) {
			this.last.accept(closing.session());
		}
		if (this.away) {
			this.away = false;
			logger.info("The database is back, {} blocks wait", count());
		}
	}

	/** One that stays holds samples that are stored, which no start takes again. */
	private static void deleteJournals(Closing closing) {
		try {
			Journal.delete(closing.journals());
		}
		catch (UncheckedIOException ex) {
			logger.error("The journals {} cannot be deleted, which takes space only", closing.journals(), ex);
		}
	}

	/**
	 * Returns whether the fault may be that of the database, such as a full disk, a table
	 * that is away or a missing right, and not of the block. The statements are
	 * constants: no block makes a wrong one.
	 */
	private static boolean isWorthRetry(Throwable ex) {
		if (ex instanceof NonTransientDataAccessException) {
			return ex instanceof NonTransientDataAccessResourceException
					|| ex instanceof InvalidDataAccessResourceUsageException
					|| ex instanceof PermissionDeniedDataAccessException
					|| ex instanceof UncategorizedDataAccessException;
		}
		return ex instanceof DataAccessException || ex instanceof TransactionException
				|| ex instanceof OutOfMemoryError;
	}

	private synchronized boolean isStopped() {
		return this.stopped;
	}

	private void fail(Throwable ex) {
		if (!this.away) {
			this.away = true;
			logger.error("The database does not store blocks, trying each second; up to {} wait", this.capacity, ex);
		}
	}

	/**
	 * Stops after the block that is being written. What is not stored is in the journals.
	 * The thread is not interrupted, since an interrupt closes the file of a database.
	 */
	@Override
	public void destroy() throws InterruptedException {
		synchronized (this) {
			this.stopped = true;
			notifyAll();
		}
		this.thread.join(STOP_MILLIS);
	}

	/**
	 * What has become of a block.
	 */
	private enum Outcome {

		/** The database has it. */
		STORED,

		/** The database will never take it. */
		REFUSED,

		/** The database may take it later. */
		AWAY

	}

}
