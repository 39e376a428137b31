package io.adaptive.topidchart.session;

import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

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

	private final BlockingQueue<Closing> waiting;

	private final Thread thread = new Thread(this::run, "topidchart-store");

	private volatile boolean away;

	BlockWriter(BlockStore store, SessionProperties properties) {
		this.store = store;
		this.waiting = new ArrayBlockingQueue<>(properties.waitingBlocks());
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Takes a block.
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	void put(Closing closing) throws InterruptedException {
		this.waiting.put(closing);
	}

	/**
	 * Returns whether the database is away.
	 */
	boolean isAway() {
		return this.away;
	}

	private void run() {
		try {
			while (true) {
				Closing next = this.waiting.take();
				while (!isDone(next)) {
					TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
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
		closing.session().stored(closing.block());
		deleteJournals(closing);
		if (this.away) {
			this.away = false;
			logger.info("The database is back, {} blocks wait", this.waiting.size());
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
			logger.error("The database does not store blocks, trying each second; up to {} wait",
					this.waiting.size() + this.waiting.remainingCapacity(), ex);
		}
	}

	/**
	 * Stops. What is not stored is in the journals.
	 */
	@Override
	public void destroy() throws InterruptedException {
		this.thread.interrupt();
		this.thread.join(STOP_MILLIS);
	}

}
