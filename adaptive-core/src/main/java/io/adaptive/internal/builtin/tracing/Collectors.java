package io.adaptive.internal.builtin.tracing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.message.TraceToken;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import io.adaptive.trace.MessageTracing;

/**
 * Collectors of the other programs that this program finds.
 */
final class Collectors {

	private static final KeyValueLogger logger = KeyValueLogger.of(MessageTracing.class);

	/** Time limit of reading, short enough for an interactive command. */
	static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int THREADS = 8;

	/** Maximum number of parts read from a collector, more than any keeps. */
	private static final int MAX_PARTS = 70_000;

	/** Maximum number of records read from a collector, more than any keeps. */
	private static final int MAX_RECORDS = 100_000;

	private static final int MAX_DENIED = 1_000;

	private final Instance self;

	private final Supplier<AdaptiveClient> clients;

	private final Duration timeout;

	/** Collectors that have denied reading, which is logged once for each. */
	private final Set<Instance> denied = ConcurrentHashMap.newKeySet();

	/**
	 * Creates the set of collectors.
	 * @param self the own node
	 * @param clients supplies clients that find the collectors
	 * @param timeout the time limit for reading from all of them
	 */
	Collectors(Instance self, Supplier<AdaptiveClient> clients, Duration timeout) {
		this.self = self;
		this.clients = clients;
		this.timeout = timeout;
	}

	Instance self() {
		return this.self;
	}

	Supplier<AdaptiveClient> clients() {
		return this.clients;
	}

	List<ServiceInstance> others() {
		return this.clients.get()
			.list(ServicePattern.of(MessageTracing.SERVICE))
			.stream()
			.filter((each) -> !each.instance().equals(this.self))
			.toList();
	}

	/**
	 * Reads from all collectors within the time limit. Parts that arrive later are
	 * missing.
	 */
	List<CollectedTrace> read(ReadTraces query) {
		List<Reading> readings = others().stream().map((each) -> new Reading(each, query)).toList();
		if (!readings.isEmpty()) {
			await(readings);
		}
		return readings.stream().flatMap((each) -> each.taken().stream()).toList();
	}

	private void await(List<Reading> readings) {
		AdaptiveClient client = this.clients.get();
		long end = System.nanoTime() + this.timeout.toNanos();
		ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, readings.size()),
				DaemonThreads.factory("adaptive-trace-reader"));
		try {
			List<Future<Void>> unused = threads.invokeAll(
					readings.stream().map((each) -> asking(each, client, end)).toList(), this.timeout.toNanos(),
					TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			threads.shutdownNow();
			readings.stream()
				.filter((each) -> !each.finish())
				.forEach((each) -> logger.warn("traces not read in time collector={}", each.collector()));
		}
	}

	private Callable<Void> asking(Reading reading, AdaptiveClient client, long end) {
		return () -> {
			try {
				reading.run(client, end);
			}
			// A failure of one collector does not end the reading of the others.
			catch (RuntimeException ex) {
				failed(reading.collector(), ex);
			}
			reading.finish();
			return null;
		};
	}

	private void failed(ServiceInstance collector, RuntimeException ex) {
		if (!(ex instanceof AdaptiveException denied) || denied.code() != ErrorCode.PERMISSION_DENIED) {
			logger.warn("traces not read collector={} reason=\"{}\"", collector, ex.getMessage());
		}
		else if (this.denied.size() < MAX_DENIED && this.denied.add(collector.instance())) {
			logger.info("traces not read, the collector does not allow it collector={} reason=\"{}\"", collector,
					ex.getMessage());
		}
	}

	/**
	 * Parts read from one collector. No more are accepted once the reading is finished.
	 */
	private static final class Reading {

		private final ServiceInstance collector;

		private final ReadTraces query;

		private final List<CollectedTrace> taken = new ArrayList<>();

		private final Map<TraceToken, Integer> counts = new HashMap<>();

		private int records;

		private boolean finished;

		private Reading(ServiceInstance collector, ReadTraces query) {
			this.collector = collector;
			this.query = query;
		}

		private ServiceInstance collector() {
			return this.collector;
		}

		private void run(AdaptiveClient client, long end) {
			try (Connection connection = client.connect(this.collector);
					MessageStream stream = connection.newStream()) {
				stream.send(this.query);
				boolean more = true;
				while (more) {
					stream.setReceiveTimeout(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
					more = take(stream.recv(CollectedTrace.class));
				}
			}
			catch (EndOfStreamException ex) {
				// The collector has sent everything.
			}
		}

		/**
		 * Adds a part, unless it exceeds the limits of a collector.
		 * @return whether to continue
		 */
		private synchronized boolean take(CollectedTrace part) {
			int size = part.records().size();
			int count = this.counts.merge(part.token(), size, Integer::sum);
			this.records += size;
			if (this.finished || this.taken.size() >= MAX_PARTS || size > RecordTraces.MAX_RECORDS
					|| count > TraceCollector.MAX_RECORDS || this.records > MAX_RECORDS) {
				logger.warn("traces not read any further, there are too many collector={}", this.collector);
				return false;
			}
			this.taken.add(part);
			return true;
		}

		private synchronized List<CollectedTrace> taken() {
			return List.copyOf(this.taken);
		}

		/**
		 * Finishes the reading.
		 * @return whether it was finished before
		 */
		private synchronized boolean finish() {
			boolean before = this.finished;
			this.finished = true;
			return before;
		}

	}

}
