package io.adaptive.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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
	 * @param attempt tries an instance; empty if another is to be tried
	 * @return what the attempt made
	 * @throws ServiceNotFoundException if none appeared in time
	 */
	public <T> T find(ServiceName service, @Nullable Duration timeout, Function<ServiceInstance, Optional<T>> attempt) {
		Optional<T> found = tryAll(service, attempt);
		if (found.isPresent()) {
			return found.get();
		}
		if (timeout != null && timeout.isZero()) {
			throw new ServiceNotFoundException(service, scopes(), timeout);
		}
		logger.info("waiting for service={} scopes={}", service, scopes());
		return await(service, timeout, attempt);
	}

	private <T> T await(ServiceName service, @Nullable Duration timeout,
			Function<ServiceInstance, Optional<T>> attempt) {
		long start = System.nanoTime();
		Semaphore changed = new Semaphore(1);
		List<Lookup.Watch> watches = new ArrayList<>();
		try {
			this.lookups.forEach((lookup) -> watches.add(lookup.watch(changed::release)));
			while (true) {
				boolean known = this.lookups.stream().anyMatch((lookup) -> !lookup.find(service).isEmpty());
				Optional<T> found = known ? tryAll(service, attempt) : Optional.empty();
				if (found.isPresent()) {
					return found.get();
				}
				long left = (timeout != null) ? timeout.toNanos() - (System.nanoTime() - start) : Long.MAX_VALUE;
				if (timeout != null && left <= 0) {
					throw new ServiceNotFoundException(service, scopes(), timeout);
				}
				changed.tryAcquire(known ? Math.min(left, RETRY_NANOS) : left, TimeUnit.NANOSECONDS);
				changed.drainPermits();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Interrupted while waiting for service " + service, ex);
		}
		finally {
			watches.forEach(Lookup.Watch::close);
		}
	}

	private <T> Optional<T> tryAll(ServiceName service, Function<ServiceInstance, Optional<T>> attempt) {
		return this.lookups.stream()
			.flatMap((lookup) -> lookup.find(service).stream())
			.map(attempt)
			.flatMap(Optional::stream)
			.findFirst();
	}

	private List<Scope> scopes() {
		return this.lookups.stream().map(Lookup::scope).toList();
	}

}
