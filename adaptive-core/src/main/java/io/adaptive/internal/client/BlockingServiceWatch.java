package io.adaptive.internal.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ServiceWatch;
import io.adaptive.internal.discovery.InstanceWatch;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.TimeLimit;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceEvent;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ServiceWatch} that reads the known instances of discovery on the calling
 * thread.
 */
public final class BlockingServiceWatch implements ServiceWatch {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

	private final InstanceWatch watch;

	private final DiscoveryClock clock;

	private final Semaphore changed = new Semaphore(1);

	private final CompletableFuture<?> stop;

	private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

	/** Whether the last query failed. */
	private boolean failed;

	BlockingServiceWatch(InstanceWatch watch, DiscoveryClock clock, CompletableFuture<?> stop) {
		this.watch = watch;
		this.clock = clock;
		this.stop = stop;
		watch.onChange(this.changed::release);
		CompletableFuture<?> unused = CompletableFuture.anyOf(stop, this.closed)
			.whenComplete((result, error) -> this.changed.release());
	}

	@Override
	public Optional<ServiceEvent> next(Duration timeout) {
		return next(this.clock.nanoTime(), TimeLimit.nanos(timeout));
	}

	private Optional<ServiceEvent> next(long start, long nanos) {
		CallContext.Binding bound = PropagatedContext.onCancel(this.changed::release);
		try {
			return await(start, nanos);
		}
		finally {
			bound.close();
		}
	}

	private Optional<ServiceEvent> await(long start, long nanos) {
		while (!this.closed.isDone() && !this.stop.isDone()) {
			PropagatedContext.checkCancelled();
			Optional<ServiceEvent> event = poll();
			if (event.isPresent()) {
				return event;
			}
			long left = nanos - (this.clock.nanoTime() - start);
			if (!awaitChange(this.failed ? Math.min(left, RETRY_NANOS) : left)
					&& (!this.failed || left <= RETRY_NANOS)) {
				return Optional.empty();
			}
		}
		return Optional.empty();
	}

	/**
	 * Polls for a change. A failed query yields none.
	 */
	private Optional<ServiceEvent> poll() {
		try {
			List<ServiceEvent> events = this.watch.poll(1);
			this.failed = false;
			return events.stream().findFirst();
		}
		catch (AdaptiveException ex) {
			logger.debug("watch query failed, retried", ex);
			this.failed = true;
			return Optional.empty();
		}
	}

	private boolean awaitChange(long nanos) {
		try {
			boolean inTime = this.clock.await(this.changed, nanos);
			this.changed.drainPermits();
			return inTime;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT, "Interrupted while watching services",
					ex);
		}
	}

	@Override
	public Iterator<ServiceEvent> iterator() {
		return new Iterator<>() {

			private Optional<ServiceEvent> ahead = Optional.empty();

			@Override
			public boolean hasNext() {
				if (this.ahead.isEmpty()) {
					this.ahead = BlockingServiceWatch.this.next(BlockingServiceWatch.this.clock.nanoTime(),
							Long.MAX_VALUE);
				}
				return this.ahead.isPresent();
			}

			@Override
			public ServiceEvent next() {
				if (!hasNext()) {
					throw new NoSuchElementException("The watch is closed");
				}
				ServiceEvent event = this.ahead.orElseThrow();
				this.ahead = Optional.empty();
				return event;
			}

		};
	}

	@Override
	public void close() {
		this.watch.close();
		this.closed.complete(null);
	}

}
