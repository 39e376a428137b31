package io.adaptive.builtin.tracing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;

/**
 * The collectors of the other programs in sight.
 *
 * @param self the own node
 * @param clients see the others
 */
record Collectors(Instance self, Supplier<AdaptiveClient> clients) {

	private static final KeyValueLogger logger = KeyValueLogger.of(MessageTracing.class);

	private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

	private static final int THREADS = 8;

	/** More than any collector keeps. */
	private static final int MAX_PARTS = 70_000;

	List<ServiceInstance> others() {
		return this.clients.get()
			.list(ServicePattern.of(MessageTracing.SERVICE))
			.stream()
			.filter((each) -> !each.instance().equals(this.self))
			.toList();
	}

	/**
	 * Asks all of them. What one of them does not tell is missing.
	 */
	List<CollectedTrace> read(ReadTraces query) {
		List<ServiceInstance> others = others();
		if (others.isEmpty()) {
			return List.of();
		}
		AdaptiveClient client = this.clients.get();
		ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, others.size()), (work) -> {
			Thread thread = new Thread(null, work, "adaptive-trace-reader", 0, false);
			thread.setDaemon(true);
			return thread;
		});
		try {
			List<CollectedTrace> read = new ArrayList<>();
			for (Future<List<CollectedTrace>> each : threads
				.invokeAll(others.stream().map((other) -> reading(client, other, query)).toList())) {
				read.addAll(each.get());
			}
			return read;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Callable<List<CollectedTrace>> reading(AdaptiveClient client, ServiceInstance collector,
			ReadTraces query) {
		return () -> {
			List<CollectedTrace> read = new ArrayList<>();
			try (Connection connection = client.connect(collector); MessageStream stream = connection.newStream()) {
				stream.setReceiveTimeout(ANSWER_TIMEOUT);
				stream.send(query);
				while (read.size() < MAX_PARTS) {
					read.add(stream.recv(CollectedTrace.class));
				}
			}
			catch (EndOfStreamException ex) {
				// That was all.
			}
			catch (AdaptiveException ex) {
				logger.warn("traces not read collector={} reason=\"{}\"", collector, ex.getMessage());
			}
			return read;
		};
	}

}
