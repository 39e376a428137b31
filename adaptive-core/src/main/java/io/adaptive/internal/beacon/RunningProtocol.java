package io.adaptive.internal.beacon;

import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.LanSettings;
import io.adaptive.status.LanStatus;

/**
 * Discovery protocol of scope LAN in execution: its sockets, and the one thread that
 * serves them until {@link #end}. All methods but {@link #join} are for callers that hold
 * the lock.
 */
final class RunningProtocol {

	private static final KeyValueLogger logger = KeyValueLogger.of(RunningProtocol.class);

	private final LanSettings settings;

	private final LanProtocol protocol;

	private final Sockets sockets;

	private final Thread thread;

	private final LongSupplier clock;

	private final Lock lock;

	private boolean ended;

	/**
	 * Opens the sockets and starts the thread.
	 * @param self the node
	 * @param settings the settings of scope LAN
	 * @param host what is around the protocol
	 */
	RunningProtocol(Instance self, LanSettings settings, Host host) {
		this.settings = settings;
		this.lock = host.lock();
		this.clock = host.clock();
		this.sockets = new Sockets(settings, this::seedsChanged);
		this.protocol = new LanProtocol(self, settings,
				new LanProtocol.Outside(this.sockets, this.clock, new SecureRandom(), host.monitor()));
		this.thread = DaemonThreads.newThread(() -> run(host), "adaptive-lan");
		this.thread.start();
		if (settings.secret() == null) {
			logger.warn("discovery without a secret, open to every host of the network scope=LAN {}", settings);
		}
		else {
			logger.info("discovery scope=LAN {}", settings);
		}
	}

	private void seedsChanged() {
		this.lock.lock();
		try {
			if (!this.ended) {
				this.protocol.networkChanged();
				wakeup();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void run(Host host) {
		try (InterfaceWatch watch = new InterfaceWatch(this.clock.getAsLong(), host.interfaces(),
				this.sockets::wakeup)) {
			run(watch, host.changed());
		}
	}

	private void run(InterfaceWatch watch, Consumer<Set<ServiceName>> listener) {
		while (true) {
			Set<ServiceName> changed;
			long due;
			this.lock.lock();
			try {
				if (this.ended) {
					this.protocol.close();
					this.sockets.close();
					return;
				}
				followInterfaces(watch);
				this.sockets.receive(this.protocol::receive);
				changed = this.protocol.work();
				due = Math.min(watch.nextDue(), this.protocol.nextDue());
			}
			finally {
				this.lock.unlock();
			}
			listener.accept(changed);
			this.sockets.await(due - this.clock.getAsLong());
		}
	}

	private void followInterfaces(InterfaceWatch watch) {
		if (watch.isDue(this.clock.getAsLong())) {
			watch.looking();
			if (this.sockets.followInterfaces()) {
				this.protocol.networkChanged();
			}
			watch.looked(this.clock.getAsLong(), this.sockets.isIncomplete());
		}
	}

	LanProtocol protocol() {
		return this.protocol;
	}

	/**
	 * Returns the state of the sockets.
	 */
	LanStatus status() {
		return new LanStatus(this.settings.port(), true, this.sockets.isListening(), this.sockets.usedInterfaces(),
				this.settings.secret() != null);
	}

	/**
	 * Lets the thread see at once what has been changed.
	 */
	void wakeup() {
		this.sockets.wakeup();
	}

	/**
	 * Lets the thread withdraw all services, close the sockets, and end.
	 */
	void end() {
		this.ended = true;
		wakeup();
	}

	/**
	 * Waits until the thread has ended, not longer than the deadline.
	 */
	void join(Deadline deadline) throws InterruptedException {
		deadline.join(this.thread);
	}

	/**
	 * What is around the protocol.
	 *
	 * @param lock guards the protocol
	 * @param clock the time in nanoseconds
	 * @param monitor the monitor of the remote nodes
	 * @param interfaces starts a watch of the network interfaces: takes a callback, and
	 * returns the action that ends the watch
	 * @param changed receives services of which instances came or went, on the thread of
	 * the protocol and without the lock
	 */
	record Host(Lock lock, LongSupplier clock, NodeMonitor monitor, Function<Runnable, Runnable> interfaces,
			Consumer<Set<ServiceName>> changed) {

	}

}
