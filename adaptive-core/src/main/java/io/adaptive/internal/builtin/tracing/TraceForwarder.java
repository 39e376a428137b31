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
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.RemoteException;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.trace.MessageTracing;
import io.adaptive.trace.TraceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Forwarder of the records of a program without a published collector to the nearest
 * collector. Recording never blocks: records wait while there is no collector, and are
 * dropped when the queue is full.
 */
final class TraceForwarder implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(MessageTracing.class);

	private static final int CAPACITY = 2048;

	private static final long MIN_RETRY_MILLIS = 500;

	/**
	 * Maximum interval of attempts; a search for a collector queries the whole local
	 * network.
	 */
	private static final long MAX_RETRY_MILLIS = 10_000;

	/** Number of refusals after which a batch is dropped, since others wait behind it. */
	private static final int MAX_REFUSALS = 3;

	/** Time limit of the flush at the end of a program. */
	static final Duration FLUSH = Duration.ofSeconds(1);

	/** Timeout of one attempt. */
	static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(5);

	private static final CallSettings DELIVERY = CallSettings.DEFAULT.timeout(DELIVERY_TIMEOUT);

	private final Supplier<AdaptiveClient> clients;

	private final Duration flush;

	private final BlockingQueue<TraceRecord> waiting = new ArrayBlockingQueue<>(CAPACITY);

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1,
			DaemonThreads.factory("adaptive-trace"));

	/** Whether the last search found no collector. */
	private volatile boolean absent;

	private volatile boolean closed;

	/** Records that are not delivered yet; used by the thread only. */
	private List<TraceRecord> batch = List.of();

	private @Nullable Connection collector;

	private boolean away;

	private int refusals;

	private long retryMillis = MIN_RETRY_MILLIS;

	private @Nullable Future<?> retry;

	/**
	 * Creates a forwarder, which starts no thread yet.
	 * @param clients supplies clients that find collectors
	 * @param flush the time for which closing waits for the delivery of the records
	 */
	TraceForwarder(Supplier<AdaptiveClient> clients, Duration flush) {
		this.clients = clients;
		this.flush = flush;
		// The thread ends while there is nothing to do.
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
			// Closed in the meantime.
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
			// Recorded in the meantime, by a thread that saw this task as scheduled.
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
		// Any failure: the next attempt may succeed.
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
	 * @param limit the maximum wait
	 */
	void flush(Duration limit) {
		if (this.scheduled.get()) {
			try {
				await(this.thread.submit(this::forward), limit);
			}
			catch (RejectedExecutionException ex) {
				// Closed: no more records are forwarded.
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
	 * Forwards the remaining records and closes the forwarder.
	 * @param deadline an earlier limit of the wait, which is twice the flush time at most
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
			// The interrupt of the shutdown ends any wait of the thread.
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
