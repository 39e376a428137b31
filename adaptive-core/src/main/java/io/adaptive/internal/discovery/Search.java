package io.adaptive.internal.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.TimeLimit;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.spi.Lookup;
import io.adaptive.status.SearchStatus;
import io.adaptive.status.ServiceQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * One search, from the first lookup to the result of the attempt.
 */
final class Search<T> implements WaitingSearches.Waiting {

	private static final KeyValueLogger logger = KeyValueLogger.of(Discovery.class);

	/**
	 * Interval of attempts with known instances, since an instance that has refused a
	 * connection does not announce when it accepts one.
	 */
	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Discovery discovery;

	private final ServiceQuery query;

	private final @Nullable String purpose;

	private final @Nullable Duration timeout;

	private final Discovery.Attempt<T> attempt;

	private final long start;

	private final Thread thread = Thread.currentThread();

	private volatile @Nullable String lastError;

	Search(Discovery discovery, ServiceQuery query, @Nullable String purpose, @Nullable Duration timeout,
			Discovery.Attempt<T> attempt) {
		this.purpose = purpose;
		this.discovery = discovery;
		this.query = query;
		this.timeout = (timeout == null || TimeLimit.isNone(timeout)) ? null : timeout;
		this.attempt = attempt;
		this.start = discovery.clock().nanoTime();
	}

	T run(CompletableFuture<?> stop) {
		T found = search(stop);
		this.discovery.waiting().found(this.query);
		return found;
	}

	private T search(CompletableFuture<?> stop) {
		if (stop.isDone()) {
			throw stopped();
		}
		Optional<T> found = tryKnown();
		if (found.isPresent()) {
			return found.get();
		}
		if (this.timeout != null && this.timeout.isZero()) {
			this.discovery.refresh(this.query, stop);
			return tryKnown().orElseThrow(() -> notFound(LookupCounters::notThere));
		}
		logger.log(this.discovery.waiting().beginsToMiss(this.query) ? Level.INFO : Level.TRACE,
				"waiting for service={} scopes={}", this.query.pattern(), this.discovery.scopes(this.query));
		return await(stop);
	}

	private Optional<T> tryKnown() {
		List<ServiceInstance> known = this.discovery.known(this.query);
		return known.isEmpty() ? Optional.empty() : this.attempt.on(known, timeLeft());
	}

	private @Nullable Duration timeLeft() {
		return (this.timeout == null || this.timeout.isZero()) ? null
				: this.timeout.minusNanos(this.discovery.clock().nanoTime() - this.start);
	}

	private T await(CompletableFuture<?> stop) {
		Semaphore changed = new Semaphore(1);
		// Not a dependent of "stop" itself, which would keep it for the life of the node.
		CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
		CompletableFuture<?> unused = CompletableFuture.anyOf(stop, over)
			.whenComplete((stopped, error) -> changed.release());
		this.discovery.waiting().add(this);
		count(LookupCounters::waits);
		try {
			return watch(stop, changed);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			count(LookupCounters::stopped);
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Interrupted while waiting for service " + this.query.pattern(), ex);
		}
		finally {
			count(LookupCounters::waitsNoMore);
			this.discovery.waiting().remove(this);
			over.complete(null);
		}
	}

	private T watch(CompletableFuture<?> stop, Semaphore changed) throws InterruptedException {
		Lookup.Watch watch = this.discovery.onChange(this.query, changed::release);
		try {
			while (!stop.isDone()) {
				boolean known = !this.discovery.known(this.query).isEmpty();
				Optional<T> found = known ? tryKnown() : Optional.empty();
				if (found.isPresent()) {
					return found.get();
				}
				await(changed, known);
			}
			throw stopped();
		}
		finally {
			watch.close();
		}
	}

	private void await(Semaphore changed, boolean known) throws InterruptedException {
		Duration left = timeLeft();
		if (left != null && (left.isNegative() || left.isZero())) {
			throw notFound(LookupCounters::timedOut);
		}
		long nanos = (left != null) ? left.toNanos() : Long.MAX_VALUE;
		boolean unused = this.discovery.clock().await(changed, known ? Math.min(nanos, RETRY_NANOS) : nanos);
		changed.drainPermits();
	}

	@Override
	public void passedOver(ServiceInstance instance, String reason) {
		if (this.query.pattern().matches(instance.service())) {
			this.lastError = "%s: %s".formatted(instance, reason);
		}
	}

	@Override
	public SearchStatus status() {
		return new SearchStatus(this.query, this.discovery.scopes(this.query),
				Duration.ofNanos(this.discovery.clock().nanoTime() - this.start), this.timeout, known(), this.lastError,
				this.purpose, this.thread.getName());
	}

	private int known() {
		try {
			return this.discovery.known(this.query).size();
		}
		catch (AdaptiveException ex) {
			return 0;
		}
	}

	private AdaptiveException stopped() {
		count(LookupCounters::stopped);
		return new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
				"Closed while waiting for service " + this.query.pattern(), null);
	}

	/**
	 * Counts an event, except for built-in services, which the framework looks up on its
	 * own.
	 */
	private void count(Consumer<LookupCounters> event) {
		if (!this.query.isForBuiltin()) {
			event.accept(this.discovery.counters());
		}
	}

	private ServiceNotFoundException notFound(Consumer<LookupCounters> event) {
		count(event);
		return new ServiceNotFoundException(this.query.pattern(), this.discovery.scopes(this.query),
				(this.timeout != null) ? this.timeout : Duration.ZERO);
	}

}
