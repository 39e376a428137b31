package io.adaptive.topidchart.session;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
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
				while (!isDone(next)) {
					if (pause()) {
						return;
					}
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
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

	private boolean isDone(Closing closing) {
		try {
			this.store.save(closing.block());
		}
		catch (DataAccessException | TransactionException ex) {
			if (isWorthRetry(ex)) {
				fail(ex);
				return false;
			}
			ChartSession session = closing.session().session();
			logger.error("The database refuses samples of session {}/{} up to {}, which are dropped", session.tag(),
					session.name(), closing.block().progress().lastNumber(), ex);
		}
		boolean done = closing.session().stored(closing.block());
		deleteJournals(closing);
		if (done) {
			this.last.accept(closing.session());
		}
		if (this.away) {
			this.away = false;
			logger.info("The database is back, {} blocks wait", count());
		}
		return true;
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
	 * Returns whether the fault may be that of the database, such as a full disk, and not
	 * of the block.
	 */
	private static boolean isWorthRetry(RuntimeException ex) {
		return !(ex instanceof NonTransientDataAccessException) || ex instanceof NonTransientDataAccessResourceException
				|| ex instanceof PermissionDeniedDataAccessException || ex instanceof UncategorizedDataAccessException;
	}

	private void fail(RuntimeException ex) {
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

}
