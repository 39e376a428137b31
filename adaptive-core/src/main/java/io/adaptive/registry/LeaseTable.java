package io.adaptive.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is there: one lease for each node, what nodes offer, and who watches. Pure: it
 * neither waits nor reads a clock of its own. For one thread at a time.
 */
final class LeaseTable {

	/** In a world of so many nodes a loss is looked at before the next tick. */
	private static final int SOON = 100;

	private final LongSupplier nanos;

	private final LeaseTimes times;

	private final long incarnation;

	private final Consumer<Change> changed;

	private final Map<Instance, Lease> leases = new HashMap<>();

	private final Map<Long, Lease> byEpoch = new HashMap<>();

	private final ServiceIndex index = new ServiceIndex();

	private final ChangeHistory history = new ChangeHistory();

	private final Subscriptions subscriptions = new Subscriptions();

	private final Losses losses;

	private final long start;

	private long renewed;

	private long lost;

	private boolean settled;

	private long nextEpoch = 1;

	/**
	 * Makes a table.
	 * @param nanos a monotonic clock
	 * @param times how long leases are
	 * @param incarnation tells this table from all others
	 * @param changed is told each change, before anybody else is
	 */
	LeaseTable(LongSupplier nanos, LeaseTimes times, long incarnation, Consumer<Change> changed) {
		this.nanos = nanos;
		this.times = times;
		this.incarnation = incarnation;
		this.changed = changed;
		this.losses = new Losses(times);
		this.start = nanos.getAsLong();
	}

	/**
	 * Takes over what was known before a restart; all leases start now.
	 */
	void restore(Collection<Registration> registrations, long nextEpoch) {
		this.nextEpoch = Math.max(nextEpoch, this.nextEpoch);
		for (Registration registration : registrations) {
			Lease lease = new Lease(registration, null, this.nanos.getAsLong());
			this.leases.put(registration.instance(), lease);
			this.byEpoch.put(registration.epoch(), lease);
			this.index.replace(null, registration);
			this.nextEpoch = Math.max(registration.epoch() + 1, this.nextEpoch);
		}
	}

	/**
	 * Registers a node, or takes it back that was known: then it keeps its epoch.
	 * @param owner through what the node speaks
	 */
	Registration register(Instance instance, List<NodeAddress> addresses, Set<ServiceName> services, Object owner) {
		long now = this.nanos.getAsLong();
		Lease known = this.leases.get(instance);
		if (known != null) {
			known.renew(owner, now);
			replace(known, known.registration().with(addresses, services));
			return known.registration();
		}
		Registration registration = new Registration(instance, this.nextEpoch++, addresses, services);
		Lease lease = new Lease(registration, owner, now);
		this.leases.put(instance, lease);
		this.byEpoch.put(registration.epoch(), lease);
		publish(null, registration);
		return registration;
	}

	private void replace(Lease lease, Registration after) {
		Registration before = lease.registration();
		if (!before.equals(after)) {
			lease.registration(after);
			publish(before, after);
		}
	}

	private void publish(@Nullable Registration before, @Nullable Registration after) {
		Change change = Change.of(this.history.next(), before, after);
		this.index.replace(before, after);
		this.changed.accept(change);
		this.history.add(change);
		this.subscriptions.changed(change);
	}

	void renew(long epoch, Object owner) {
		lease(epoch, owner).renew(owner, this.nanos.getAsLong());
		this.renewed++;
	}

	/**
	 * Returns a node by its epoch.
	 */
	Registration get(long epoch, Object owner) {
		return lease(epoch, owner).registration();
	}

	private Lease lease(long epoch, Object owner) {
		Lease lease = this.byEpoch.get(epoch);
		if (lease == null || !lease.isOwnedBy(owner)) {
			throw new AdaptiveException(ErrorCode.NOT_FOUND, Delivery.UNKNOWN,
					"No lease of this connection has the epoch %d; register again".formatted(epoch), null);
		}
		return lease;
	}

	void change(long epoch, Set<ServiceName> services, Object owner) {
		Lease lease = lease(epoch, owner);
		lease.renew(owner, this.nanos.getAsLong());
		replace(lease, lease.registration().offering(services));
	}

	void unregister(long epoch, Object owner) {
		remove(lease(epoch, owner));
	}

	/**
	 * The connection to a node has ended.
	 */
	void disconnected(long epoch, Object owner) {
		Lease lease = this.byEpoch.get(epoch);
		if (lease != null && lease.isOwnedBy(owner)) {
			lease.lose(this.nanos.getAsLong());
			if (this.leases.size() <= SOON) {
				tick();
			}
		}
	}

	/**
	 * Ends what has run out. To be called several times a second.
	 */
	void tick() {
		long now = this.nanos.getAsLong();
		for (Lease lease : this.losses.judge(this.leases.values(), now)) {
			remove(lease);
			this.lost++;
			this.losses.removed(lease, now);
		}
		if (!this.settled && now - this.start >= this.times.lease().toNanos()) {
			this.settled = true;
			this.subscriptions.wakeAll();
		}
	}

	private void remove(Lease lease) {
		Registration gone = lease.registration();
		this.leases.remove(gone.instance());
		this.byEpoch.remove(gone.epoch());
		publish(gone, null);
	}

	/**
	 * Returns the nodes that seem to be gone and are kept until that is verified.
	 */
	List<Registration> suspects() {
		return this.leases.values().stream().filter(Lease::isSuspect).map(Lease::registration).toList();
	}

	/**
	 * Removes a suspect of which it was verified that it is gone.
	 */
	void verifiedGone(long epoch) {
		Lease lease = this.byEpoch.get(epoch);
		if (lease != null && lease.isSuspect()) {
			remove(lease);
			this.lost++;
			this.losses.removed(lease, this.nanos.getAsLong());
		}
	}

	Page query(ServicePattern pattern, long after, int limit) {
		return Subscription.page(this.index, pattern, after, limit);
	}

	/**
	 * Begins to watch.
	 * @param from where the watcher stopped, a snapshot is made of any unknown position
	 * @param ready is told when there is something to poll; must not block
	 * @return the watcher, for whom there is something by now
	 */
	Subscription watch(ServicePattern pattern, Position from, Runnable ready) {
		Subscription subscription = new Subscription(pattern, ready);
		if (from.incarnation() == this.incarnation && this.history.reaches(from.revision() + 1)) {
			subscription.resume(from.revision() + 1);
		}
		else {
			subscription.beginSnapshot(this.history.revision());
		}
		this.subscriptions.add(subscription);
		return subscription;
	}

	void unwatch(Subscription subscription) {
		this.subscriptions.remove(subscription);
	}

	@Nullable Update poll(Subscription subscription, int limit) {
		return subscription.poll(this.index, this.history, this.incarnation, this.settled, limit);
	}

	/**
	 * Finds a node that is there, and not only believed to be.
	 */
	@Nullable Registration find(Instance instance) {
		Lease lease = this.leases.get(instance);
		return (lease != null && !lease.isSuspect()) ? lease.registration() : null;
	}

	Collection<Registration> all() {
		return this.index.all();
	}

	int entries() {
		return this.index.entries();
	}

	int watchers() {
		return this.subscriptions.size();
	}

	/**
	 * Counts how often a node has renewed its lease.
	 */
	long renewed() {
		return this.renewed;
	}

	/**
	 * Counts the nodes that are gone without having said so.
	 */
	long lost() {
		return this.lost;
	}

	long nextEpoch() {
		return this.nextEpoch;
	}

}
