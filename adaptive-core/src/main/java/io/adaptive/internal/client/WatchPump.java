package io.adaptive.internal.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.discovery.InstanceWatch;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.ServiceEvent;

/**
 * Passes the changes of a watch to a consumer, one at a time, up to the requested number.
 */
final class WatchPump implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	private static final int AT_ONCE = 64;

	/** Delay before the next attempt after a failed query. */
	static final Duration PAUSE = Duration.ofMillis(300);

	private final InstanceWatch watch;

	private final Executor executor;

	private final Executor later;

	private final Consumer<ServiceEvent> consumer;

	private final AtomicLong requested = new AtomicLong();

	/** Number of run requests since the current run began; zero while none runs. */
	private final AtomicInteger wanted = new AtomicInteger();

	private volatile boolean closed;

	private volatile boolean failed;

	/**
	 * Creates a pump without requested changes.
	 * @param watch source of the changes
	 * @param executor runs the consumer
	 * @param later runs its tasks after {@link #PAUSE}, or never if the node is closed
	 * before
	 * @param consumer receives the changes
	 */
	WatchPump(InstanceWatch watch, Executor executor, Executor later, Consumer<ServiceEvent> consumer) {
		this.watch = watch;
		this.executor = executor;
		this.later = later;
		this.consumer = consumer;
		watch.onChange(this::run);
	}

	void request(long count) {
		this.requested.accumulateAndGet(count, (one, other) -> (one + other < 0) ? Long.MAX_VALUE : one + other);
		run();
	}

	private void run() {
		if (!this.closed && this.wanted.getAndIncrement() == 0) {
			start();
		}
	}

	/**
	 * Starts a run. A closed node ends the watch instead of failing the publisher that
	 * caused the change.
	 */
	private void start() {
		try {
			this.executor.execute(this::drain);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("watch ended, its node is closed", ex);
			close();
		}
	}

	private void drain() {
		int seen;
		do {
			seen = this.wanted.get();
			handAll();
		}
		while (this.wanted.addAndGet(-seen) != 0);
	}

	/**
	 * Passes changes until there are none, or none are requested. After a failed query,
	 * the changes are passed later.
	 */
	private void handAll() {
		try {
			while (!this.closed && handSome()) {
				this.failed = false;
			}
		}
		catch (RuntimeException | Error ex) {
			if (!this.failed) {
				logger.warn("watch query failed, retried every {} ms reason=\"{}\"", PAUSE.toMillis(), ex.toString());
			}
			this.failed = true;
			this.later.execute(this::run);
		}
	}

	private boolean handSome() {
		List<ServiceEvent> events = this.watch.poll(Math.min(AT_ONCE, this.requested.get()));
		events.forEach(this::hand);
		if (this.requested.get() != Long.MAX_VALUE) {
			this.requested.addAndGet(-events.size());
		}
		return !events.isEmpty();
	}

	private void hand(ServiceEvent event) {
		if (this.closed) {
			return;
		}
		try {
			this.consumer.accept(event);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("listener of a watch failed change={}", event, ex);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.watch.close();
	}

}
