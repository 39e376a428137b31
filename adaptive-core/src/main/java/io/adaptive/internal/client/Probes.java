package io.adaptive.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.adaptive.client.Measurements;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Measures instances over open connections, and opens one of its own only where there is
 * none.
 */
final class Probes implements Measurements {

	/** Time limit of a probe; an instance that takes longer is not measured. */
	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final int LATENCY_QUERIES = 4;

	private static final int MAX_REMEMBERED = 10_000;

	private final Connector connector;

	private final LongSupplier nanoTime;

	private final Map<Instance, Long> firstSeen = new LinkedHashMap<>() {
		@Override
		protected boolean removeEldestEntry(Map.Entry<Instance, Long> eldest) {
			return size() > MAX_REMEMBERED;
		}
	};

	Probes(Connector connector, LongSupplier nanoTime) {
		this.connector = connector;
		this.nanoTime = nanoTime;
	}

	@Override
	public Map<ServiceInstance, Double> capacity(Iterable<ServiceInstance> instances) {
		return measure(instances, (connection) -> query(connection).capacityScore());
	}

	@Override
	public Map<ServiceInstance, Duration> latency(Iterable<ServiceInstance> instances) {
		return measure(instances, (connection) -> {
			long start = this.nanoTime.getAsLong();
			for (int i = 0; i < LATENCY_QUERIES; i++) {
				query(connection);
			}
			return Duration.ofNanos((this.nanoTime.getAsLong() - start) / LATENCY_QUERIES);
		});
	}

	private static WorkerStatistics query(Connection connection) {
		return connection.sendRecv(new WorkerQuery(), WorkerStatistics.class, CallSettings.DEFAULT.timeout(TIMEOUT));
	}

	/**
	 * Measures all instances in parallel, on threads that may wait. The threads are
	 * interrupted when the search is given up.
	 */
	<T> Map<ServiceInstance, T> measure(Iterable<ServiceInstance> instances, Function<Connection, T> measurement) {
		Map<ServiceInstance, CompletableFuture<Optional<T>>> running = new HashMap<>();
		List<Thread> threads = new ArrayList<>();
		instances.forEach(
				(instance) -> running.put(instance, CompletableFuture.supplyAsync(() -> measure(instance, measurement),
						(work) -> threads.add(DaemonThreads.start("adaptive-probe", work)))));
		awaitUnlessCancelled(CompletableFuture.allOf(running.values().toArray(CompletableFuture<?>[]::new)));
		// The results of the remaining threads are not needed.
		threads.forEach(Thread::interrupt);
		Map<ServiceInstance, T> measured = new HashMap<>();
		running.forEach((instance, result) -> result.getNow(Optional.empty())
			.ifPresent((value) -> measured.put(instance, value)));
		return measured;
	}

	/**
	 * Waits until all are measured, or the search is given up: its thread is interrupted,
	 * or the message that it handles is cancelled. The search itself reacts to that.
	 */
	static void awaitUnlessCancelled(CompletableFuture<?> all) {
		CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
		CallContext.Binding bound = PropagatedContext.onCancel(() -> over.complete(null));
		try {
			CompletableFuture.anyOf(all, over).get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new CompletionException(ex.getCause());
		}
		finally {
			bound.close();
		}
	}

	private <T> Optional<T> measure(ServiceInstance instance, Function<Connection, T> measurement) {
		List<MultiplexedConnection> open = this.connector.connectionsTo(instance);
		Optional<MultiplexedConnection> connection = open.isEmpty() ? connect(instance) : Optional.of(open.get(0));
		try {
			return connection.map(measurement);
		}
		catch (RuntimeException | Error ex) {
			// An instance that does not answer is not measured, and comes last.
			return Optional.empty();
		}
		finally {
			if (open.isEmpty()) {
				connection.ifPresent(Connection::close);
			}
		}
	}

	private Optional<MultiplexedConnection> connect(ServiceInstance instance) {
		try {
			return this.connector.connect(instance, TIMEOUT);
		}
		catch (AdaptiveException ex) {
			// A later call to the instance reports the error.
			return Optional.empty();
		}
	}

	@Override
	public int load(ServiceInstance instance) {
		List<MultiplexedConnection> open = new ArrayList<>(this.connector.connectionsTo(instance));
		return open.size() + open.stream().mapToInt(MultiplexedConnection::callsInFlight).sum();
	}

	@Override
	public Duration age(ServiceInstance instance) {
		long now = this.nanoTime.getAsLong();
		synchronized (this.firstSeen) {
			Long first = this.firstSeen.putIfAbsent(instance.instance(), now);
			return Duration.ofNanos((first != null) ? now - first : 0);
		}
	}

}
