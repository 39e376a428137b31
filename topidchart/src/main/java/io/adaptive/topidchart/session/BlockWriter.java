package io.adaptive.topidchart.session;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes blocks to the database by a thread of its own. While the database is away, the
 * blocks wait; when as many wait as may, those who bring one wait, too.
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
				while (!isStored(next)) {
					TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isStored(Closing closing) {
		try {
			this.store.save(closing.block());
			closing.session().stored(closing.block());
			Journal.delete(closing.journals());
			if (this.away) {
				this.away = false;
				logger.info("The database is back, {} blocks wait", this.waiting.size());
			}
			return true;
		}
		catch (DataAccessException | TransactionException ex) {
			if (!this.away) {
				this.away = true;
				logger.error("The database does not store blocks, trying each second; up to {} wait",
						this.waiting.size() + this.waiting.remainingCapacity(), ex);
			}
			return false;
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
