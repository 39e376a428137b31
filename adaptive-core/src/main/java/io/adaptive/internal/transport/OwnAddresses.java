package io.adaptive.internal.transport;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.adaptive.internal.log.KeyValueLogger;
import org.jspecify.annotations.Nullable;

/**
 * Watch over the addresses of this machine, shared by everything in a node that depends
 * on them. A connection from an address that was removed, with its interface or by
 * another lease, stays silent forever, which takes long to detect.
 * <p>
 * Thread-safe. Its own thread lives only while there are watches, and polls each second.
 * For some seconds after a change it polls ten times as often, since changes come in
 * groups: the new address after the old one, the route after the address.
 */
public final class OwnAddresses implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(OwnAddresses.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	/** Number of periods after a change with frequent polls. */
	private static final int SOON = 3;

	private static final int OFTEN = 10;

	private final Supplier<Set<LocalAddress>> present;

	private final long periodNanos;

	private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

	private final Set<ChangeWatch> changeWatches = ConcurrentHashMap.newKeySet();

	private @Nullable Thread watcher;

	/** The addresses of the last poll, {@code null} before the first one. */
	private volatile @Nullable Set<LocalAddress> known;

	/** Number of remaining frequent polls. For the watching thread. */
	private int looksSoon;

	private volatile boolean closed;

	OwnAddresses() {
		this(LocalAddress::all, PERIOD);
	}

	/**
	 * Creates the watch, without starting its thread.
	 * @param present reads the current addresses
	 * @param period the time between polls while nothing changes
	 */
	public OwnAddresses(Supplier<Set<LocalAddress>> present, Duration period) {
		this.present = present;
		this.periodNanos = period.toNanos();
	}

	/**
	 * Watches an address, if it is one of an interface.
	 * @param address the address
	 * @param gone called at each poll at which the address is missing after it was
	 * present, at least each second, on a thread that must not be blocked
	 * @return ends the watch
	 */
	public Watch watch(InetAddress address, Runnable gone) {
		Watch watch = new Watch(address, gone, isIn(address, this.known));
		this.watches.add(watch);
		ensureRunning(!watch.wasThere);
		return watch;
	}

	/**
	 * Watches all addresses, the interfaces they belong to, and whether those are up.
	 * @param changed called at each poll at which they differ from those of the last one,
	 * on a thread that must not be blocked
	 * @return ends the watch
	 */
	public ChangeWatch onChange(Runnable changed) {
		ChangeWatch watch = new ChangeWatch(changed);
		this.changeWatches.add(watch);
		ensureRunning(false);
		return watch;
	}

	/**
	 * Returns whether an address currently is one of an interface.
	 * @param address the address
	 * @return whether it is present, on an interface that is up or down; {@code true} if
	 * the addresses cannot be read
	 */
	public boolean isThere(InetAddress address) {
		try {
			return isIn(address, this.present.get());
		}
		catch (UncheckedIOException ex) {
			// An unknown state gives no connection up.
			return true;
		}
	}

	/**
	 * Ensures that the watching thread runs.
	 * @param now whether it polls at once: an address that disappears before its first
	 * poll would not be missed
	 */
	private synchronized void ensureRunning(boolean now) {
		if (this.watcher == null && !this.closed) {
			Thread thread = SharedThreads.newThread(this::run, "adaptive-addresses");
			thread.start();
			this.watcher = thread;
		}
		else if (now) {
			LockSupport.unpark(this.watcher);
		}
	}

	private void run() {
		while (isNeeded()) {
			look();
			boolean soon = this.looksSoon > 0;
			this.looksSoon = soon ? this.looksSoon - 1 : 0;
			LockSupport.parkNanos(this, soon ? this.periodNanos / OFTEN : this.periodNanos);
		}
	}

	private synchronized boolean isNeeded() {
		if (this.closed || (this.watches.isEmpty() && this.changeWatches.isEmpty())) {
			this.watcher = null;
			this.known = null;
			return false;
		}
		return true;
	}

	/**
	 * Polls the addresses, and notifies the watches of missing and changed ones.
	 */
	private void look() {
		try {
			Set<LocalAddress> now = this.present.get();
			Set<LocalAddress> before = this.known;
			this.known = now;
			if (before != null && !before.equals(now)) {
				logger.debug("addresses of this machine changed addresses=\"{}\"", text(now));
				this.looksSoon = SOON * OFTEN;
				this.changeWatches.forEach((watch) -> tell(watch.changed));
			}
			Set<InetAddress> addresses = now.stream().map(LocalAddress::address).collect(Collectors.toSet());
			this.watches.forEach((watch) -> tell(() -> watch.look(addresses)));
		}
		catch (RuntimeException ex) {
			logger.debug("addresses of this machine cannot be read reason=\"{}\"", ex.getMessage());
		}
	}

	/**
	 * Notifies one watch. Its failure, for example for want of a thread, does not affect
	 * the others. A watch of an address is notified again at the next poll.
	 */
	private static void tell(Runnable watch) {
		try {
			watch.run();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("change of an address of this machine cannot be followed yet", ex);
		}
	}

	private static boolean isIn(InetAddress address, @Nullable Set<LocalAddress> all) {
		return all != null && all.stream().anyMatch((each) -> each.address().equals(address));
	}

	private static String text(Set<LocalAddress> all) {
		return all.stream()
			.filter(LocalAddress::up)
			.map((each) -> "%s/%s".formatted(each.networkInterface(), each.address().getHostAddress()))
			.sorted()
			.collect(Collectors.joining(" "));
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

		/** After the constructor, for the watching thread. */
		private boolean wasThere;

		private Watch(InetAddress address, Runnable gone, boolean wasThere) {
			this.address = address;
			this.gone = gone;
			this.wasThere = wasThere;
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

	/**
	 * Watches all addresses.
	 */
	public final class ChangeWatch implements AutoCloseable {

		private final Runnable changed;

		private ChangeWatch(Runnable changed) {
			this.changed = changed;
		}

		/**
		 * Ends the watch.
		 */
		@Override
		public void close() {
			OwnAddresses.this.changeWatches.remove(this);
		}

	}

}
