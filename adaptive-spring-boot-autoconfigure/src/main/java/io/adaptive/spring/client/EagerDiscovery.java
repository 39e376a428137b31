package io.adaptive.spring.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.adaptive.client.ConnectionListener;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.stream.ConnectionInfo;
import org.slf4j.event.Level;

/**
 * Eager discovery of services. Each search runs on a thread of its own until the service
 * is found.
 */
final class EagerDiscovery implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(EagerDiscovery.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final List<Search> searches = new CopyOnWriteArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private boolean started;

	/**
	 * Returns a search, which runs only if the settings require eager discovery.
	 */
	Search newSearch(ClientSettings settings) {
		Search search = new Search(settings);
		if (settings.start() != ClientSettings.Start.LAZY) {
			this.searches.add(search);
		}
		return search;
	}

	synchronized void start() {
		this.started = true;
		this.searches.forEach(Search::startOnce);
	}

	private synchronized boolean isStarted() {
		return this.started;
	}

	/**
	 * Returns the services that are waited for.
	 */
	List<String> awaited() {
		return this.searches.stream()
			.filter((search) -> search.settings.start() == ClientSettings.Start.AWAITED && !search.isOver())
			.map((search) -> search.settings.service().toString())
			.toList();
	}

	@Override
	public void close() {
		this.closed.countDown();
	}

	/**
	 * The search for one service.
	 */
	final class Search implements ConnectionListener {

		private final ClientSettings settings;

		private volatile boolean found;

		private volatile BooleanSupplier over = () -> this.found;

		private volatile Runnable attempt = () -> {
		};

		private boolean running;

		private boolean told;

		Search(ClientSettings settings) {
			this.settings = settings;
		}

		/**
		 * Sets the search, which starts when the application has started.
		 * @param attempt waits until the service is found
		 */
		void whenStarted(Runnable attempt) {
			this.attempt = attempt;
			if (isStarted() && this.settings.start() != ClientSettings.Start.LAZY) {
				startOnce();
			}
		}

		/**
		 * Sets the condition that ends a search made elsewhere.
		 */
		void isOverWhen(BooleanSupplier over) {
			this.over = over;
		}

		boolean isOver() {
			return this.over.getAsBoolean();
		}

		@Override
		public void connected(ConnectionInfo connection) {
			this.found = true;
		}

		private synchronized void startOnce() {
			if (!this.running) {
				this.running = true;
				// The thread inherits no thread locals from its starter.
				Thread thread = new Thread(null, this::run, "adaptive-eager-" + this.settings.service(), 0, false);
				thread.setDaemon(true);
				thread.start();
			}
		}

		private void run() {
			try {
				boolean ended = false;
				while (!isOver() && !ended) {
					attempt();
					ended = EagerDiscovery.this.closed.await(isOver() ? 0 : PAUSE.toMillis(), TimeUnit.MILLISECONDS);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private void attempt() {
			try {
				this.attempt.run();
			}
			// A callback of the user may throw anything; the next attempt may succeed.
			catch (Throwable ex) {
				if (EagerDiscovery.this.closed.getCount() == 0) {
					return;
				}
				logger.log(this.told ? Level.DEBUG : Level.WARN, "not found yet service={} reason=\"{}\"",
						this.settings.service(), ex.getMessage());
				this.told = true;
			}
		}

	}

}
