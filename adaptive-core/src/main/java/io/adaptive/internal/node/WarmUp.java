package io.adaptive.internal.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.message.Instance;
import io.adaptive.node.AdaptiveNode;
import org.slf4j.event.Level;

/**
 * Prepares what the first messages need, one thing after the other on the thread that
 * nodes share, and tells when all of it is done.
 */
final class WarmUp implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveNode.class);

	private final Instance node;

	private final PayloadCodec codec;

	private final BackgroundWork thread;

	private final long start = System.nanoTime();

	private final List<Runnable> held = new ArrayList<>();

	private boolean begun;

	private boolean hasRun;

	private int waiting;

	private int types;

	private boolean told;

	/**
	 * Makes one that has nothing to do yet.
	 * @param node who is warmed up
	 * @param codec encodes its messages
	 * @param thread does the work; closed with this
	 */
	WarmUp(Instance node, PayloadCodec codec, BackgroundWork thread) {
		this.node = node;
		this.codec = codec;
		this.thread = thread;
	}

	/**
	 * Runs what codecs want done on the thread. A type whose code cannot be generated is
	 * interpreted on.
	 */
	static Executor background(Executor thread) {
		return (work) -> thread.execute(() -> {
			try {
				work.run();
			}
			catch (RuntimeException | Error ex) {
				logger.debug("no code is generated for a message type", ex);
			}
		});
	}

	/**
	 * Prepares a message type of a service.
	 */
	void prepare(Class<?> type) {
		synchronized (this) {
			this.types++;
		}
		later(() -> encodable(type));
	}

	/**
	 * Prepares message types of a client: their code is generated when they have been
	 * used.
	 */
	void expect(Class<?>... types) {
		for (Class<?> type : types) {
			expect(type);
		}
	}

	private void expect(Class<?> type) {
		later(() -> {
			try {
				this.codec.prepare(type);
			}
			// The caller is told.
			catch (RuntimeException | Error ex) {
				logger.debug("message type cannot be prepared type={}", type.getName(), ex);
			}
		});
	}

	/**
	 * Makes sure that a type can be encoded without delay, and warns if it cannot at all.
	 */
	void encodable(Class<?> type) {
		try {
			this.codec.warmUp(type);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("message type cannot be encoded type={} reason=\"{}\"", type.getName(), ex.getMessage());
			logger.debug("message type cannot be encoded", ex);
		}
	}

	/**
	 * Does something at once if this has begun, else when it begins.
	 */
	synchronized void later(Runnable work) {
		if (this.begun) {
			execute(work);
		}
		else {
			this.held.add(work);
		}
	}

	synchronized void begin() {
		if (!this.begun) {
			this.begun = true;
			this.held.forEach(this::execute);
			this.held.clear();
		}
	}

	/**
	 * Does something before all else, but only the first time.
	 */
	synchronized void run(Runnable warmUpRun) {
		if (!this.hasRun) {
			this.hasRun = true;
			execute(warmUpRun);
		}
	}

	synchronized void execute(Runnable work) {
		if (this.thread.isClosed()) {
			return;
		}
		this.waiting++;
		this.thread.execute(() -> {
			try {
				work.run();
			}
			// What it was to prepare is prepared when it is used.
			catch (RuntimeException | Error ex) {
				Level level = this.thread.isClosed() ? Level.DEBUG : Level.WARN;
				logger.log(level, "warm-up failed node={}", this.node, ex);
			}
			finally {
				done();
			}
		});
	}

	private synchronized void done() {
		this.waiting--;
		if (this.begun && this.waiting == 0) {
			long millis = (System.nanoTime() - this.start) / 1_000_000;
			// Only who has services expects somebody, and expects it once.
			boolean news = this.types > 0 && !this.told;
			this.told |= news;
			logger.log(news ? Level.INFO : Level.DEBUG, "warm node={} types={} millis={}", this.node, this.types,
					millis);
			this.types = 0;
		}
	}

	@Override
	public synchronized void close() {
		this.thread.close();
	}

}
