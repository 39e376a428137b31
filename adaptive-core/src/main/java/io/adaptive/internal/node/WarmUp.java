package io.adaptive.internal.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.message.Instance;
import org.slf4j.event.Level;

/**
 * Preparation for the first messages of a node. It runs its tasks in order on the thread
 * that nodes share, and logs the end of the last one.
 */
final class WarmUp implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.named("io.adaptive.node.AdaptiveNode");

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
	 * Creates a preparation without tasks.
	 * @param node the node
	 * @param codec the codec of its messages
	 * @param thread runs the tasks; closed with this
	 */
	WarmUp(Instance node, PayloadCodec codec, BackgroundWork thread) {
		this.node = node;
		this.codec = codec;
		this.thread = thread;
	}

	/**
	 * Returns an executor for the background tasks of codecs. If the code of a type
	 * cannot be generated, the type stays interpreted.
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
	 * Prepares message types of a client. Their code is generated after they have been
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
			// The caller gets the error when it uses the type.
			catch (RuntimeException | Error ex) {
				logger.debug("message type cannot be prepared type={}", type.getName(), ex);
			}
		});
	}

	/**
	 * Prepares a type for encoding without delay, and warns if it cannot be encoded.
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
	 * Runs a task at once if the preparation has begun, else when it begins.
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
	 * Runs a task ahead of all held ones, the first time it is called.
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
			// The type is prepared on its first use instead.
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
			// Logged once, and only for a node with services, which expects callers.
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
