package io.adaptive.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.registry.Lookup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches the scopes, nearest first, and waits for what is not there yet.
 */
public final class Discovery {

	private static final Logger logger = LoggerFactory.getLogger(Discovery.class);

	/**
	 * Nobody tells when an instance that is known and refused a connection would take
	 * one, so it is asked again after this time.
	 */
	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final List<Lookup> lookups;

	/**
	 * Makes the search.
	 * @param lookups the scopes, nearest first
	 */
	public Discovery(List<Lookup> lookups) {
		this.lookups = List.copyOf(lookups);
	}

	/**
	 * Finds an instance that the caller can use.
	 * @param <T> what the caller makes of it
	 * @param service the service
	 * @param timeout how long to wait, zero to only look, {@code null} for ever
	 * @param stop ends the wait when it completes
	 * @param attempt tries an instance
	 * @return what the attempt made
	 * @throws ServiceNotFoundException if none appeared in time
	 * @throws IllegalStateException if there is no scope to search
	 * @throws AdaptiveException with code {@code CANCELLED} if the wait was stopped
	 */
	public <T> T find(ServiceName service, @Nullable Duration timeout, CompletableFuture<?> stop, Attempt<T> attempt) {
		if (this.lookups.isEmpty()) {
			throw new IllegalStateException(
					"Service %s cannot be found, this node searches no scope; connect to its address"
						.formatted(service));
		}
		Search<T> search = new Search<>(service, timeout, attempt);
		if (stop.isDone()) {
			throw search.stopped();
		}
		Optional<T> found = search.tryAll();
		if (found.isPresent()) {
			return found.get();
		}
		if (timeout != null && timeout.isZero()) {
			throw search.notFound();
		}
		logger.info("waiting for service={} scopes={}", service, scopes());
		return search.await(stop);
	}

	private List<Scope> scopes() {
		return this.lookups.stream().map(Lookup::scope).toList();
	}

	/**
	 * Tries to use an instance that was found.
	 *
	 * @param <T> what is made of it
	 */
	@FunctionalInterface
	public interface Attempt<T> {

		/**
		 * Tries an instance.
		 * @param instance the instance
		 * @param timeLeft how long this may take, {@code null} for no limit
		 * @return what was made of it, empty if another is to be tried
		 */
		Optional<T> on(ServiceInstance instance, @Nullable Duration timeLeft);

	}

	private final class Search<T> {

		private final ServiceName service;

		private final @Nullable Duration timeout;

		private final Attempt<T> attempt;

		private final long start = System.nanoTime();

		Search(ServiceName service, @Nullable Duration timeout, Attempt<T> attempt) {
			this.service = service;
			this.timeout = timeout;
			this.attempt = attempt;
		}

		Optional<T> tryAll() {
			return instances().map((instance) -> this.attempt.on(instance, timeLeft()))
				.flatMap(Optional::stream)
				.findFirst();
		}

		private Stream<ServiceInstance> instances() {
			return Discovery.this.lookups.stream().flatMap((lookup) -> lookup.find(this.service).stream());
		}

		private @Nullable Duration timeLeft() {
			return (this.timeout == null || this.timeout.isZero()) ? null
					: this.timeout.minusNanos(System.nanoTime() - this.start);
		}

		T await(CompletableFuture<?> stop) {
			Semaphore changed = new Semaphore(1);
			List<Lookup.Watch> watches = new ArrayList<>();
			// A dependent of "stop" itself would stay with it for the life of the node.
			CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
			CompletableFuture<?> unused = CompletableFuture.anyOf(stop, over)
				.whenComplete((stopped, error) -> changed.release());
			try {
				Discovery.this.lookups.forEach((lookup) -> watches.add(lookup.watch(changed::release)));
				while (!stop.isDone()) {
					boolean known = instances().findAny().isPresent();
					Optional<T> found = known ? tryAll() : Optional.empty();
					if (found.isPresent()) {
						return found.get();
					}
					await(changed, known);
				}
				throw stopped();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
						"Interrupted while waiting for service " + this.service, ex);
			}
			finally {
				watches.forEach(Lookup.Watch::close);
				over.complete(null);
			}
		}

		private void await(Semaphore changed, boolean known) throws InterruptedException {
			Duration left = timeLeft();
			if (left != null && (left.isNegative() || left.isZero())) {
				throw notFound();
			}
			long nanos = (left != null) ? left.toNanos() : Long.MAX_VALUE;
			changed.tryAcquire(known ? Math.min(nanos, RETRY_NANOS) : nanos, TimeUnit.NANOSECONDS);
			changed.drainPermits();
		}

		AdaptiveException stopped() {
			return new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Closed while waiting for service " + this.service, null);
		}

		ServiceNotFoundException notFound() {
			return new ServiceNotFoundException(this.service, scopes(),
					(this.timeout != null) ? this.timeout : Duration.ZERO);
		}

	}

}
