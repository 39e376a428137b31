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
 * Knows which nodes are there and what they offer, and does not forget it when its
 * program is killed. Safe for use by many threads.
 * <p>
 * A node speaks through an owner, an object that stands for its connection and is
 * compared by identity: only the connection that a node registered through, or the last
 * one it did, can change what is known of it. Where a node is refused with
 * {@link io.adaptive.message.ErrorCode#NOT_FOUND}, its epoch is not known, and it has to
 * register again.
 */
public final class Registry implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Registry.class);

	private static final int MINIMUM_TO_COMPACT = 1024 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final LeaseTable table;

	private final Journal journal;

	private final LeaseTimes times;

	private final long incarnation;

	/**
	 * Opens a registry.
	 * @param directory where it remembers what it knows; belongs to this registry alone
	 * @param times how long leases are
	 * @param nanos a monotonic clock
	 * @throws io.adaptive.message.AdaptiveException if the directory cannot be used; one
	 * that can be read and not be written, as on a full disk, is used
	 */
	public Registry(Path directory, LeaseTimes times, LongSupplier nanos) {
		this(directory, times, nanos, Disk.OF_THE_MACHINE);
	}

	Registry(Path directory, LeaseTimes times, LongSupplier nanos, Disk disk) {
		this.journal = new Journal(directory, MINIMUM_TO_COMPACT, disk);
		this.times = times;
		this.incarnation = newIncarnation();
		this.table = new LeaseTable(nanos, times, this.incarnation, this.journal::append, this::locked);
		this.table.restore(this.journal.restored(), this.journal.nextEpoch());
		logger.info("root registry opened directory={} nodes={} services={}", directory, this.table.all().size(),
				this.table.entries());
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
	 * Returns how long leases are.
	 * @return the times
	 */
	public LeaseTimes times() {
		return this.times;
	}

	/**
	 * Returns what tells this start of the registry from all others.
	 * @return a random number, not zero
	 */
	public long incarnation() {
		return this.incarnation;
	}

	/**
	 * Registers a node; one that is known keeps its epoch.
	 * @param instance the node
	 * @param addresses where it may be reached, at least one
	 * @param services what it offers
	 * @param owner through what it speaks
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
	 * Renews a lease. Nothing is written, for after a restart all leases start anew.
	 * @param epoch the lease
	 * @param owner through what the node speaks
	 */
	public void renew(long epoch, Object owner) {
		locked(() -> this.table.renew(epoch, owner));
	}

	/**
	 * Returns what is known of a node.
	 * @param epoch the lease
	 * @param owner through what the node speaks
	 * @return the node
	 */
	public Registration get(long epoch, Object owner) {
		return underLock(() -> this.table.get(epoch, owner));
	}

	/**
	 * Changes what a node offers, and renews its lease.
	 * @param epoch the lease
	 * @param services all it offers from now on
	 * @param owner through what the node speaks
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
	 * Removes a node at its own wish, also when that cannot be written: its lease would
	 * not be renewed after a restart.
	 * @param epoch the lease
	 * @param owner through what the node speaks
	 * @return completes when that is on the disk, or cannot be written
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
	 * Tells that the connection to a node has ended.
	 * @param epoch the lease
	 * @param owner through what the node spoke
	 */
	public void disconnected(long epoch, Object owner) {
		locked(() -> this.table.disconnected(epoch, owner));
	}

	/**
	 * Ends what has run out. To be called about ten times a second.
	 */
	public void tick() {
		this.lock.lock();
		try {
			this.table.tick();
			if (this.journal.wantsToCompact()) {
				CompletableFuture<@Nullable Void> unused = this.journal.compact(List.copyOf(this.table.all()),
						this.table.nextEpoch());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the nodes that seem to be gone together with most others, and are kept
	 * until that is verified, or for a limited time.
	 * @return the nodes, as a rule none
	 */
	public List<Registration> suspects() {
		return underLock(() -> this.table.suspects());
	}

	/**
	 * Tells that a suspect is gone for certain.
	 * @param epoch the lease
	 */
	public void verifiedGone(long epoch) {
		locked(() -> this.table.verifiedGone(epoch));
	}

	/**
	 * Looks for services.
	 * @param pattern which
	 * @param after zero, or where the page before ended
	 * @param limit of how many services the answer should consist
	 * @return the nodes that offer some, oldest first
	 */
	public Page query(ServicePattern pattern, long after, int limit) {
		return underLock(() -> this.table.query(pattern, after, limit));
	}

	/**
	 * Finds a node that is there.
	 * @param instance the node
	 * @return what is known of it, {@code null} if it is not registered or perhaps gone
	 */
	public @Nullable Registration find(Instance instance) {
		return underLock(() -> this.table.find(instance));
	}

	/**
	 * Begins to watch.
	 * @param pattern which services
	 * @param from where the watcher stopped, {@link Position#NONE} for a new one
	 * @param ready is told when there is something to take, beginning with the first poll
	 * that returned nothing; called under a lock, must not block nor call back
	 * @return the watch, to be polled at once
	 */
	public RegistryWatch watch(ServicePattern pattern, Position from, Runnable ready) {
		this.lock.lock();
		try {
			Subscription subscription = this.table.watch(pattern, from, ready);
			return new RegistryWatch(this, subscription);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable Update poll(Subscription subscription, int limit) {
		return underLock(() -> this.table.poll(subscription, limit));
	}

	void unwatch(Subscription subscription) {
		locked(() -> this.table.unwatch(subscription));
	}

	/**
	 * Tells why nothing can be written.
	 * @return the reason, {@code null} while all is well; then what is registered is
	 * served, and changes are refused
	 */
	public @Nullable String writeFailure() {
		return this.journal.failure();
	}

	/**
	 * Counts what is there.
	 * @return the numbers of this moment
	 */
	public RegistrySize size() {
		return underLock(() -> new RegistrySize(this.table.all().size(), this.table.entries(), this.table.watchers()));
	}

	/**
	 * Counts the renewals of leases.
	 * @return how many since the start
	 */
	public long renewed() {
		return underLock(() -> this.table.renewed());
	}

	/**
	 * Counts the nodes that are gone without having said so.
	 * @return how many since the start
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
	 * @param deadline until when to wait for it
	 */
	public void close(Deadline deadline) {
		this.journal.close(deadline);
	}

}
