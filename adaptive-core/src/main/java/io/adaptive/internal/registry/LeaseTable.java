package io.adaptive.internal.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.LeaseTimes;
import org.jspecify.annotations.Nullable;

/**
 * Table of the registered nodes: their leases and services. It neither waits nor reads a
 * clock of its own. For use by one thread at a time.
 * <p>
 * A registration or a change of services is visible to queries and watchers after it is
 * written. If it cannot be written it is reverted, and was never visible. The removal of
 * a node is visible at once: after a restart its lease would not be renewed.
 */
final class LeaseTable {

	/**
	 * Maximum number of nodes with which a loss is processed at once instead of at the
	 * next tick.
	 */
	private static final int SOON = 100;

	private final LongSupplier nanos;

	private final LeaseTimes times;

	private final VisibleRegistrations visible;

	private final Function<JournalEntry, CompletableFuture<?>> journal;

	private final Consumer<Runnable> guard;

	private final Map<Instance, Lease> leases = new HashMap<>();

	private final Map<Long, Lease> byEpoch = new HashMap<>();

	private final Losses losses;

	private final long start;

	private long renewed;

	private long lost;

	private long nextEpoch = 1;

	private CompletableFuture<@Nullable Void> result = CompletableFuture.completedFuture(null);

	/**
	 * Creates a table.
	 * @param nanos a monotonic clock, in nanoseconds
	 * @param times the durations of the leases
	 * @param visible receives the changes that queries and watchers may see
	 * @param journal writes an entry; the result completes on any thread
	 * @param guard runs the continuation of a completed write, so that one thread at a
	 * time uses the table
	 */
	LeaseTable(LongSupplier nanos, LeaseTimes times, VisibleRegistrations visible,
			Function<JournalEntry, CompletableFuture<?>> journal, Consumer<Runnable> guard) {
		this.nanos = nanos;
		this.times = times;
		this.visible = visible;
		this.journal = journal;
		this.guard = guard;
		this.losses = new Losses(times);
		this.start = nanos.getAsLong();
	}

	/**
	 * Adds the nodes from before a restart; all leases start now.
	 */
	void restore(Collection<Registration> registrations, long nextEpoch) {
		this.nextEpoch = Math.max(nextEpoch, this.nextEpoch);
		for (Registration registration : registrations) {
			Lease lease = new Lease(registration, null, this.nanos.getAsLong());
			lease.told(registration);
			this.leases.put(registration.instance(), lease);
			this.byEpoch.put(registration.epoch(), lease);
			this.visible.restore(registration);
			this.nextEpoch = Math.max(registration.epoch() + 1, this.nextEpoch);
		}
	}

	/**
	 * Registers a node. A node that is registered already keeps its epoch.
	 * @param owner the connection of the node
	 */
	Registration register(Instance instance, List<NodeAddress> addresses, Set<ServiceName> services, Object owner) {
		long now = this.nanos.getAsLong();
		Lease known = this.leases.get(instance);
		if (known != null) {
			known.renew(owner, now);
			Registration after = known.registration().with(addresses, services);
			replace(known, after);
			return after;
		}
		Registration registration = new Registration(instance, this.nextEpoch++, addresses, services);
		Lease lease = new Lease(registration, owner, now);
		this.leases.put(instance, lease);
		this.byEpoch.put(registration.epoch(), lease);
		this.result = write(lease, registration);
		return registration;
	}

	private void replace(Lease lease, Registration after) {
		this.result = lease.written();
		if (!lease.registration().equals(after)) {
			lease.registration(after);
			this.result = write(lease, after);
		}
	}

	private CompletableFuture<@Nullable Void> write(Lease lease, Registration after) {
		CompletableFuture<?> written = this.journal.apply(new JournalEntry.Present(after));
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		lease.written(done);
		CompletableFuture<?> unused = written.whenComplete((nothing, error) -> {
			this.guard.accept(() -> written(lease, after, error == null));
			if (error == null) {
				done.complete(null);
			}
			else {
				done.completeExceptionally(error);
			}
		});
		return done;
	}

	/**
	 * Handles the result of a write. A change that was refused is reverted, unless a
	 * later one, which may be equal, has replaced it.
	 */
	@SuppressWarnings("ReferenceEquality")
	private void written(Lease lease, Registration after, boolean successful) {
		if (this.byEpoch.get(after.epoch()) != lease) {
			// The node was removed in the meantime.
			return;
		}
		Registration told = lease.told();
		if (successful) {
			lease.told(after);
			this.visible.publish(told, after);
		}
		else if (lease.registration() == after) {
			if (told != null) {
				lease.registration(told);
				lease.written(CompletableFuture.completedFuture(null));
			}
			else {
				forget(lease);
			}
		}
	}

	/**
	 * Returns the result of the last registration or change.
	 * @return completes when the change is visible, at once if it is
	 */
	CompletableFuture<@Nullable Void> result() {
		return this.result;
	}

	void renew(long epoch, Object owner) {
		lease(epoch, owner).renew(owner, this.nanos.getAsLong());
		this.renewed++;
	}

	/**
	 * Returns a node by its epoch.
	 * @throws AdaptiveException with {@link ErrorCode#NOT_FOUND} if the connection has no
	 * lease with this epoch
	 */
	Registration get(long epoch, Object owner) {
		return lease(epoch, owner).registration();
	}

	private Lease lease(long epoch, Object owner) {
		Lease lease = this.byEpoch.get(epoch);
		if (lease == null || !lease.isOwnedBy(owner)) {
			throw new AdaptiveException(ErrorCode.NOT_FOUND, Delivery.UNKNOWN,
					"No lease of this connection has the epoch %s; register again".formatted(epoch), null);
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
	 * Handles the end of a connection to a node.
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
	 * Removes nodes that are gone. To be called several times a second.
	 */
	void tick() {
		long now = this.nanos.getAsLong();
		for (Lease lease : this.losses.judge(this.leases.values(), now)) {
			remove(lease);
			this.lost++;
			this.losses.removed(lease, now);
		}
		if (now - this.start >= this.times.lease().toNanos()) {
			this.visible.settle();
		}
	}

	private void remove(Lease lease) {
		Registration told = lease.told();
		forget(lease);
		CompletableFuture<?> unused = this.journal.apply(new JournalEntry.Gone(lease.registration().epoch()));
		if (told != null) {
			this.visible.publish(told, null);
		}
	}

	private void forget(Lease lease) {
		this.leases.remove(lease.registration().instance());
		this.byEpoch.remove(lease.registration().epoch());
	}

	/**
	 * Returns the nodes that are apparently gone and are kept until that is verified.
	 */
	List<Registration> suspects() {
		return this.leases.values().stream().filter(Lease::isSuspect).map(Lease::registration).toList();
	}

	/**
	 * Removes a suspect that is verified to be gone.
	 */
	void verifiedGone(long epoch) {
		Lease lease = this.byEpoch.get(epoch);
		if (lease != null && lease.isSuspect()) {
			remove(lease);
			this.lost++;
			this.losses.removed(lease, this.nanos.getAsLong());
		}
	}

	/**
	 * Returns a registered node, {@code null} if it is unknown or a suspect.
	 */
	@Nullable Registration find(Instance instance) {
		Lease lease = this.leases.get(instance);
		return (lease != null && !lease.isSuspect()) ? lease.told() : null;
	}

	/**
	 * Counter of the lease renewals.
	 */
	long renewed() {
		return this.renewed;
	}

	/**
	 * Counter of the nodes that were removed without having unregistered.
	 */
	long lost() {
		return this.lost;
	}

	long nextEpoch() {
		return this.nextEpoch;
	}

}
