package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.message.Endpoint;
import io.adaptive.settings.LanSettings;

/**
 * Seeds and their addresses. Names are resolved every half minute on a separate thread,
 * because that may take long.
 */
final class Seeds implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Seeds.class);

	private static final long REPEAT_MILLIS = TimeUnit.SECONDS.toMillis(30);

	private final List<Endpoint.Tcp> seeds;

	private final int defaultPort;

	private final Runnable changed;

	private volatile List<InetSocketAddress> addresses = List.of();

	private final Thread thread;

	Seeds(LanSettings settings, Runnable changed) {
		this.seeds = settings.seeds();
		this.defaultPort = settings.port();
		this.changed = changed;
		this.thread = DaemonThreads.newThread(this::run, "adaptive-lan-seeds");
		if (!this.seeds.isEmpty()) {
			this.thread.start();
		}
	}

	List<InetSocketAddress> addresses() {
		return this.addresses;
	}

	private void run() {
		try {
			while (true) {
				List<InetSocketAddress> found = lookUp();
				if (!found.equals(this.addresses)) {
					this.addresses = found;
					this.changed.run();
				}
				Thread.sleep(REPEAT_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			// The seeds are closed.
		}
	}

	private List<InetSocketAddress> lookUp() {
		List<InetSocketAddress> found = new ArrayList<>();
		for (Endpoint.Tcp seed : this.seeds) {
			try {
				int port = (seed.port() != 0) ? seed.port() : this.defaultPort;
				found.add(new InetSocketAddress(InetAddress.getByName(seed.host()), port));
			}
			catch (UnknownHostException ex) {
				if (this.addresses.isEmpty()) {
					logger.warn("seed unknown scope=LAN host={} next=\"looked up again in {} s\"", seed.host(),
							TimeUnit.MILLISECONDS.toSeconds(REPEAT_MILLIS));
				}
			}
		}
		return found;
	}

	@Override
	public void close() {
		this.thread.interrupt();
	}

}
