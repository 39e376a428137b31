package io.adaptive.internal.registry;

import java.util.HashSet;
import java.util.Set;

import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Change of one node.
 *
 * @param revision the number of the change, one more than that of the change before
 * @param before the node before, {@code null} if it was not registered
 * @param after the node after, {@code null} if it is removed
 * @param affected the services that watchers see change
 */
record Change(long revision, @Nullable Registration before, @Nullable Registration after, Set<ServiceName> affected) {

	static Change of(long revision, @Nullable Registration before, @Nullable Registration after) {
		return new Change(revision, before, after, affected(before, after));
	}

	private static Set<ServiceName> affected(@Nullable Registration before, @Nullable Registration after) {
		if (before == null || after == null) {
			Registration only = (after != null) ? after : before;
			return (only != null) ? only.services() : Set.of();
		}
		Set<ServiceName> affected = new HashSet<>(before.services());
		affected.addAll(after.services());
		if (before.addresses().equals(after.addresses())) {
			affected.removeIf((service) -> before.services().contains(service) && after.services().contains(service));
		}
		return affected;
	}

	/**
	 * Returns the node, after the change if it still is registered.
	 */
	Registration subject() {
		Registration subject = (this.after != null) ? this.after : this.before;
		if (subject == null) {
			throw new IllegalStateException("A change of nothing");
		}
		return subject;
	}

}
