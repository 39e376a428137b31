package io.adaptive.internal.builtin.tracing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.RemoteException;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.trace.MessageTracing;
import io.adaptive.trace.TraceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records of a program that publishes nothing to the nearest collector. Whoever
 * records never waits: while no collector is there the records wait, and are lost when
 * there are too many.
 */
final class TraceForwarder implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(MessageTracing.class);

	private static final int CAPACITY = 2048;

	private static final long MIN_RETRY_MILLIS = 500;

	/** Looking for a collector asks the whole local network. */
	private static final long MAX_RETRY_MILLIS = 10_000;

	/** What was refused as often will be so again, and others wait behind it. */
	private static final int MAX_REFUSALS = 3;

	/** The end of a program is not to wait longer. */
	static final Duration FLUSH = Duration.ofSeconds(1);

	/** After it an attempt has failed. */
	static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(5);

	private static final CallSettings DELIVERY = CallSettings.DEFAULT.timeout(DELIVERY_TIMEOUT);

	private final Supplier<AdaptiveClient> clients;

	private final Duration flush;

	private final BlockingQueue<TraceRecord> waiting = new ArrayBlockingQueue<>(CAPACITY);

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, (work) -> {
		Thread made = new Thread(null, work, "adaptive-trace", 0, false);
		made.setDaemon(true);
		return made;
	});

	/** Whether there was no collector when one was looked for last. */
	private volatile boolean absent;

	private volatile boolean closed;

	/** What a collector could not be given yet; of the thread alone. */
	private List<TraceRecord> batch = List.of();

	private @Nullable Connection collector;

	private boolean away;

	private int refusals;

	private long retryMillis = MIN_RETRY_MILLIS;

	private @Nullable Future<?> retry;

	/**
	 * Makes a forwarder, which has nothing to do yet.
	 * @param clients make clients that see collectors
	 * @param flush how long closing waits for one
	 */
	TraceForwarder(Supplier<AdaptiveClient> clients, Duration flush) {
		this.clients = clients;
		this.flush = flush;
		// There is no thread while there is nothing to do.
		this.thread.setKeepAliveTime(10, TimeUnit.SECONDS);
		this.thread.allowCoreThreadTimeOut(true);
		this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	void offer(TraceRecord record) {
		if (!this.waiting.offer(record)) {
			this.dropped.incrementAndGet();
		}
		else if (this.closed) {
			dropWaiting();
		}
		else if (this.scheduled.compareAndSet(false, true)) {
			begin();
		}
	}

	private void begin() {
		try {
			this.thread.execute(this::forward);
		}
		catch (RejectedExecutionException ex) {
			// Closed meanwhile.
			dropWaiting();
		}
	}

	long dropped() {
		return this.dropped.get();
	}

	private void forward() {
		while (hasBatch()) {
			if (!deliver()) {
				retryLater();
				return;
			}
			this.batch = List.of();
		}
		this.scheduled.set(false);
		if (!this.waiting.isEmpty() && this.scheduled.compareAndSet(false, true)) {
			// Recorded meanwhile, by somebody who saw that this was at work.
			begin();
		}
	}

	private boolean hasBatch() {
		if (this.batch.isEmpty()) {
			List<TraceRecord> next = new ArrayList<>();
			this.waiting.drainTo(next, RecordTraces.MAX_RECORDS);
			this.batch = next;
		}
		return !this.batch.isEmpty();
	}

	private boolean deliver() {
		try {
			Connection connection = this.collector;
			if (connection == null) {
				connection = this.clients.get().discoverTimeout(Duration.ZERO).lazy(MessageTracing.SERVICE);
				this.collector = connection;
			}
			connection.sendRecv(new RecordTraces(this.batch), Void.class, DELIVERY);
			this.away = false;
			this.absent = false;
			this.refusals = 0;
			this.retryMillis = MIN_RETRY_MILLIS;
			return true;
		}
		catch (RemoteException ex) {
			this.absent = false;
			return isGivenUp(ex);
		}
		// Whatever it is, the next attempt may succeed.
		catch (RuntimeException ex) {
			if (!this.away) {
				logger.warn("trace records wait for a collector service={} reason=\"{}\"", MessageTracing.SERVICE,
						ex.getMessage());
			}
			this.away = true;
			this.absent = ex instanceof ServiceNotFoundException || ex instanceof IllegalStateException;
			return false;
		}
	}

	private boolean isGivenUp(RemoteException refusal) {
		if (++this.refusals < MAX_REFUSALS) {
			return false;
		}
		logger.warn("trace records dropped, the collector refuses them service={} records={} reason=\"{}\"",
				MessageTracing.SERVICE, this.batch.size(), refusal.getMessage());
		this.dropped.addAndGet(this.batch.size());
		this.refusals = 0;
		return true;
	}

	private void retryLater() {
		if (this.retry != null) {
			this.retry.cancel(false);
		}
		this.retry = this.thread.schedule(this::forward, this.retryMillis, TimeUnit.MILLISECONDS);
		this.retryMillis = Math.min(2 * this.retryMillis, MAX_RETRY_MILLIS);
	}

	/**
	 * Waits until the records made so far are at a collector, or an attempt has failed.
	 * @param limit how long to wait at most
	 */
	void flush(Duration limit) {
		if (this.scheduled.get()) {
			try {
				await(this.thread.submit(this::forward), limit);
			}
			catch (RejectedExecutionException ex) {
				// Nothing is forwarded any more.
			}
		}
	}

	private static void await(Future<?> forwarded, Duration limit) {
		try {
			forwarded.get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("trace records not forwarded yet", ex);
		}
	}

	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Forwards what is left and ends.
	 * @param deadline until when to wait, at most the time for flushing twice
	 */
	void close(Deadline deadline) {
		Deadline flushed = Deadline.in(this.flush).soonerOf(deadline);
		do {
			flush(flushed.left());
		}
		while (this.scheduled.get() && !this.absent && !Thread.currentThread().isInterrupted()
				&& flushed.leftNanos() > 0);
		this.closed = true;
		this.thread.shutdownNow();
		try {
			// An interrupt ends whatever it waits for.
			boolean unused = this.thread.awaitTermination(Deadline.in(this.flush).soonerOf(deadline).leftNanos(),
					TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		dropWaiting();
		this.dropped.addAndGet(this.batch.size());
	}

	private void dropWaiting() {
		List<TraceRecord> lost = new ArrayList<>();
		this.dropped.addAndGet(this.waiting.drainTo(lost));
	}

}
