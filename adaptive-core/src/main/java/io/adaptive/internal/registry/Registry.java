package io.adaptive.internal.registry;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.LeaseTimes;
import io.adaptive.status.RegistrySize;
import org.jspecify.annotations.Nullable;

/**
 * Durable registry of nodes and their services. It keeps its content when the program is
 * killed. Safe for use by many threads.
 * <p>
 * A node is identified by its owner, an object that stands for its connection and is
 * compared by identity: only the connection of its last registration can change the node.
 * A node that is refused with {@link io.adaptive.message.ErrorCode#NOT_FOUND} has an
 * unknown epoch and has to register again.
 */
public final class Registry implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Registry.class);

	private static final int MINIMUM_TO_COMPACT = 1024 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final VisibleRegistrations visible;

	private final LeaseTable table;

	private final Journal journal;

	private final LeaseTimes times;

	private final long incarnation;

	/**
	 * Opens a registry.
	 * @param directory the directory of its journal, for this registry alone
	 * @param times the durations of the leases
	 * @param nanos a monotonic clock, in nanoseconds
	 * @throws io.adaptive.message.AdaptiveException if the directory cannot be used; a
	 * directory that can be read but not written, as on a full disk, can be used
	 */
	public Registry(Path directory, LeaseTimes times, LongSupplier nanos) {
		this(directory, times, nanos, Disk.OF_THE_MACHINE);
	}

	Registry(Path directory, LeaseTimes times, LongSupplier nanos, Disk disk) {
		this.journal = new Journal(directory, MINIMUM_TO_COMPACT, disk);
		this.times = times;
		this.incarnation = newIncarnation();
		this.visible = new VisibleRegistrations(this.incarnation);
		this.table = new LeaseTable(nanos, times, this.visible, this.journal::append, this::locked);
		this.table.restore(this.journal.restored(), this.journal.nextEpoch());
		logger.info("root registry opened directory={} nodes={} services={}", directory, this.visible.all().size(),
				this.visible.entries());
	}

	private static long newIncarnation() {
		long random = new SecureRandom().nextLong();
		return (random != Position.NONE.incarnation()) ? random : 1;
	}

	private void locked(Runnable work) {
		this.lock.lock();
		try {
			work.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	private <T extends @Nullable Object> T underLock(Supplier<T> work) {
		this.lock.lock();
		try {
			return work.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the durations of the leases.
	 * @return the times
	 */
	public LeaseTimes times() {
		return this.times;
	}

	/**
	 * Returns the number that identifies this start of the registry.
	 * @return a random number, not zero
	 */
	public long incarnation() {
		return this.incarnation;
	}

	/**
	 * Registers a node. A node that is registered already keeps its epoch.
	 * @param instance the node
	 * @param addresses the addresses under which it may be reached, at least one
	 * @param services its services
	 * @param owner the connection of the node
	 * @return completes when the registration is on the disk
	 */
	public CompletableFuture<Registration> register(Instance instance, List<NodeAddress> addresses,
			Set<ServiceName> services, Object owner) {
		this.lock.lock();
		try {
			Registration registration = this.table.register(instance, addresses, services, owner);
			return this.table.result().thenApply((done) -> registration);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Renews a lease. The renewal is not written, since all leases start anew after a
	 * restart.
	 * @param epoch the lease
	 * @param owner the connection of the node
	 */
	public void renew(long epoch, Object owner) {
		locked(() -> this.table.renew(epoch, owner));
	}

	/**
	 * Returns the registration of a node.
	 * @param epoch the lease
	 * @param owner the connection of the node
	 * @return the registration
	 */
	public Registration get(long epoch, Object owner) {
		return underLock(() -> this.table.get(epoch, owner));
	}

	/**
	 * Changes the services of a node, and renews its lease.
	 * @param epoch the lease
	 * @param services all its services from now on
	 * @param owner the connection of the node
	 * @return completes when the change is on the disk
	 */
	public CompletableFuture<@Nullable Void> change(long epoch, Set<ServiceName> services, Object owner) {
		this.lock.lock();
		try {
			this.table.change(epoch, services, owner);
			return this.table.result();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Removes a node at its request. The removal succeeds even if it cannot be written,
	 * since the lease would not be renewed after a restart.
	 * @param epoch the lease
	 * @param owner the connection of the node
	 * @return completes when the removal is on the disk, or cannot be written
	 */
	public CompletableFuture<@Nullable Void> unregister(long epoch, Object owner) {
		this.lock.lock();
		try {
			this.table.unregister(epoch, owner);
			return this.journal.flush().exceptionally((unwritten) -> null);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Records that the connection to a node has ended.
	 * @param epoch the lease
	 * @param owner the connection of the node
	 */
	public void disconnected(long epoch, Object owner) {
		locked(() -> this.table.disconnected(epoch, owner));
	}

	/**
	 * Removes nodes that are gone, and compacts the journal if that is due. To be called
	 * about ten times a second.
	 */
	public void tick() {
		this.lock.lock();
		try {
			this.table.tick();
			if (this.journal.wantsToCompact()) {
				CompletableFuture<@Nullable Void> unused = this.journal.compact(List.copyOf(this.visible.all()),
						this.table.nextEpoch());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the nodes that are apparently gone together with most others. They are kept
	 * until their loss is verified, or for a limited time.
	 * @return the nodes, usually none
	 */
	public List<Registration> suspects() {
		return underLock(() -> this.table.suspects());
	}

	/**
	 * Records that a suspect is verified to be gone.
	 * @param epoch the lease
	 */
	public void verifiedGone(long epoch) {
		locked(() -> this.table.verifiedGone(epoch));
	}

	/**
	 * Returns a page of the nodes with matching services.
	 * @param pattern the pattern of the services
	 * @param after zero, or the end of the page before
	 * @param limit the approximate number of services in the page
	 * @return the nodes that offer matching services, oldest first
	 */
	public Page query(ServicePattern pattern, long after, int limit) {
		return underLock(() -> this.visible.query(pattern, after, limit));
	}

	/**
	 * Returns the registration of a node.
	 * @param instance the node
	 * @return the registration, {@code null} if the node is not registered or is a
	 * suspect
	 */
	public @Nullable Registration find(Instance instance) {
		return underLock(() -> this.table.find(instance));
	}

	/**
	 * Starts a watch.
	 * @param pattern the pattern of the services
	 * @param from the last position of the watcher, {@link Position#NONE} for a new one
	 * @param ready run when there is an update to poll, after each poll that returned
	 * none; called under a lock, must not block or call the registry
	 * @return the watch, to be polled at once
	 */
	public RegistryWatch watch(ServicePattern pattern, Position from, Runnable ready) {
		this.lock.lock();
		try {
			Subscription subscription = this.visible.watch(pattern, from, ready);
			return new RegistryWatch(this, subscription);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable Update poll(Subscription subscription, int limit) {
		return underLock(() -> this.visible.poll(subscription, limit));
	}

	void unwatch(Subscription subscription) {
		locked(() -> this.visible.unwatch(subscription));
	}

	/**
	 * Returns the reason why the journal cannot be written. While it cannot, queries are
	 * answered and changes are refused.
	 * @return the reason, {@code null} if it can be written
	 */
	public @Nullable String writeFailure() {
		return this.journal.failure();
	}

	/**
	 * Returns the size of the registry.
	 * @return the numbers of this moment
	 */
	public RegistrySize size() {
		return underLock(
				() -> new RegistrySize(this.visible.all().size(), this.visible.entries(), this.visible.watchers()));
	}

	/**
	 * Counter of the lease renewals.
	 * @return the number since the start
	 */
	public long renewed() {
		return underLock(() -> this.table.renewed());
	}

	/**
	 * Counter of the nodes that were removed without having unregistered.
	 * @return the number since the start
	 */
	public long lost() {
		return underLock(() -> this.table.lost());
	}

	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Closes the journal.
	 * @param deadline the limit of the wait
	 */
	public void close(Deadline deadline) {
		this.journal.close(deadline);
	}

}
