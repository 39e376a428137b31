package io.adaptive.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.adaptive.log.KeyValueLogger;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether the addresses of this machine that connections use are still there. A
 * connection from an address that is gone, with its card or by another lease, is silent
 * for ever, which takes long to notice.
 * <p>
 * For any number of threads. Its own thread lives only while something is watched, and
 * looks each second.
 */
public final class OwnAddresses implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(OwnAddresses.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private final Supplier<Set<InetAddress>> present;

	private final long periodNanos;

	private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

	private @Nullable Thread watcher;

	private volatile boolean closed;

	OwnAddresses() {
		this(OwnAddresses::ofCards, PERIOD);
	}

	/**
	 * Makes what watches.
	 * @param present looks which addresses there are
	 * @param period how often it is asked
	 */
	public OwnAddresses(Supplier<Set<InetAddress>> present, Duration period) {
		this.present = present;
		this.periodNanos = period.toNanos();
	}

	private static Set<InetAddress> ofCards() {
		try {
			return NetworkInterface.networkInterfaces()
				.flatMap(NetworkInterface::inetAddresses)
				.collect(Collectors.toSet());
		}
		catch (SocketException ex) {
			// The machine has no card at the moment.
			return Set.of();
		}
	}

	/**
	 * Watches an address, if it is one of a card.
	 * @param address the address
	 * @param gone called each second in which it is not there after it was, on a thread
	 * that must not be held up
	 * @return ends the watch
	 */
	public Watch watch(InetAddress address, Runnable gone) {
		Watch watch = new Watch(address, gone);
		this.watches.add(watch);
		ensureRunning();
		return watch;
	}

	private synchronized void ensureRunning() {
		if (this.watcher == null && !this.closed) {
			Thread thread = new Thread(null, this::run, "adaptive-addresses", 0, false);
			thread.setDaemon(true);
			thread.start();
			this.watcher = thread;
		}
	}

	private void run() {
		while (isNeeded()) {
			look();
			LockSupport.parkNanos(this, this.periodNanos);
		}
	}

	private synchronized boolean isNeeded() {
		if (this.closed || this.watches.isEmpty()) {
			this.watcher = null;
			return false;
		}
		return true;
	}

	/**
	 * Looks at the addresses, and tells of those that are gone.
	 */
	private void look() {
		try {
			Set<InetAddress> addresses = this.present.get();
			this.watches.forEach((watch) -> tell(watch, addresses));
		}
		catch (RuntimeException ex) {
			logger.debug("addresses cannot be looked at reason=\"{}\"", ex.getMessage());
		}
	}

	/**
	 * One that fails, be it for want of a thread, is told again and does not hinder the
	 * others.
	 */
	private static void tell(Watch watch, Set<InetAddress> addresses) {
		try {
			watch.look(addresses);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("change of an address cannot be followed yet address={} next=\"tried again each second\"",
					watch.address.getHostAddress(), ex);
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		LockSupport.unpark(this.watcher);
	}

	/**
	 * Watches one address.
	 */
	public final class Watch implements AutoCloseable {

		private final InetAddress address;

		private final Runnable gone;

		/** For the watching thread. */
		private boolean wasThere;

		private Watch(InetAddress address, Runnable gone) {
			this.address = address;
			this.gone = gone;
		}

		private void look(Set<InetAddress> addresses) {
			if (addresses.contains(this.address)) {
				this.wasThere = true;
			}
			else if (this.wasThere) {
				this.gone.run();
			}
		}

		/**
		 * Ends the watch.
		 */
		@Override
		public void close() {
			OwnAddresses.this.watches.remove(this);
		}

	}

}
