package io.adaptive.internal.registry;

import java.util.Collection;

import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

/**
 * Registrations as queries and watchers see them: the index, the history of its changes,
 * and the subscriptions to them. For use by one thread at a time.
 */
final class VisibleRegistrations {

	private final long incarnation;

	private final ServiceIndex index = new ServiceIndex();

	private final ChangeHistory history = new ChangeHistory();

	private final Subscriptions subscriptions = new Subscriptions();

	private boolean settled;

	/**
	 * Creates an empty view.
	 * @param incarnation a number that identifies the table behind it
	 */
	VisibleRegistrations(long incarnation) {
		this.incarnation = incarnation;
	}

	/**
	 * Adds a registration from before a restart, of which no watcher is told.
	 */
	void restore(Registration registration) {
		this.index.replace(null, registration);
	}

	/**
	 * Makes a change visible.
	 * @param before the registration before, {@code null} for a new node
	 * @param after the registration after it, {@code null} for a node that is gone
	 */
	void publish(@Nullable Registration before, @Nullable Registration after) {
		Change change = Change.of(this.history.next(), before, after);
		this.index.replace(before, after);
		this.history.add(change);
		this.subscriptions.changed(change);
	}

	/**
	 * Tells all watchers, once, that the nodes from before a restart had time to renew
	 * their leases.
	 */
	void settle() {
		if (!this.settled) {
			this.settled = true;
			this.subscriptions.wakeAll();
		}
	}

	Page query(ServicePattern pattern, long after, int limit) {
		return Subscription.page(this.index, pattern, after, limit);
	}

	/**
	 * Starts a watch.
	 * @param from the position of the watcher; it gets a snapshot if the position is
	 * unknown
	 * @param ready run when there is an update to poll; must not block
	 * @return the subscription, which has an update to poll
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

	Collection<Registration> all() {
		return this.index.all();
	}

	int entries() {
		return this.index.entries();
	}

	int watchers() {
		return this.subscriptions.size();
	}

}
