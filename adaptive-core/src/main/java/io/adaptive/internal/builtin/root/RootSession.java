package io.adaptive.internal.builtin.root;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.internal.discovery.LeaseCounters;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Registration of a node over one connection to a root registry. For use by the thread of
 * its link.
 */
final class RootSession {

	/** The registry may have to connect to the node more than once. */
	private static final long REGISTER_SECONDS = 20;

	private static final long CALL_SECONDS = 4;

	private static final long LEAVE_SECONDS = 1;

	private final Connection connection;

	private final ReachabilityToken token;

	private @Nullable DesiredRegistration registered;

	private long epoch;

	private long renewalNanos = TimeUnit.SECONDS.toNanos(2);

	private long lastRenewal;

	private final LeaseCounters counters;

	/**
	 * Creates a session of a node that is not registered yet.
	 * @param token proves the identity of the node
	 * @param counters the lease counters of the node
	 */
	RootSession(Connection connection, ReachabilityToken token, LeaseCounters counters) {
		this.counters = counters;
		this.connection = connection;
		this.token = token;
	}

	boolean isRegistered() {
		return this.registered != null;
	}

	/**
	 * Returns whether the registration differs from the desired one.
	 */
	boolean isBehind(DesiredRegistration desired) {
		DesiredRegistration current = this.registered;
		return (current != null) ? !current.equals(desired) : !desired.services().isEmpty();
	}

	/**
	 * Changes the registration to the desired one.
	 */
	void catchUp(DesiredRegistration desired) {
		DesiredRegistration current = this.registered;
		if (desired.services().isEmpty()) {
			unregister();
		}
		else if (current == null || !current.hasAddressesOf(desired)) {
			if (current != null && !isLeaseKnown(new RenewLease(this.epoch))) {
				return;
			}
			// The lease was renewed just now, since the proof of the new addresses may
			// take nearly as long as a
			// lease.
			NodeRegistered answer = call(desired.request(this.token), NodeRegistered.class, REGISTER_SECONDS);
			this.epoch = answer.epoch();
			this.renewalNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(10, answer.renewalMillis()));
			registered(desired);
		}
		else {
			ChangeServices change = new ChangeServices(this.epoch, desired.added(current), current.added(desired));
			if (isLeaseKnown(change)) {
				registered(desired);
			}
		}
	}

	private void registered(DesiredRegistration desired) {
		this.registered = desired;
		this.lastRenewal = System.nanoTime();
	}

	/**
	 * Unregisters the node, if it is registered.
	 */
	void unregister() {
		if (this.registered != null) {
			this.registered = null;
			call(new UnregisterNode(this.epoch), NodeUnregistered.class, LEAVE_SECONDS);
		}
	}

	/**
	 * Renews the lease, if that is due.
	 */
	void renewIfDue() {
		if (this.registered == null || nanosToRenewal() > 0) {
			return;
		}
		long now = System.nanoTime();
		if (isLeaseKnown(new RenewLease(this.epoch))) {
			this.lastRenewal = now;
			this.counters.renewed();
		}
	}

	/**
	 * Sends a request that renews the lease. If the lease is unknown to the registry, as
	 * after a long pause of this program, the node has to register again.
	 * @return whether the lease is known
	 */
	private boolean isLeaseKnown(Object request) {
		try {
			call(request, LeaseRenewed.class, CALL_SECONDS);
			return true;
		}
		catch (AdaptiveException ex) {
			if (ex.code() != ErrorCode.NOT_FOUND) {
				throw ex;
			}
			this.registered = null;
			this.counters.lost();
			return false;
		}
	}

	/**
	 * Returns the time until the next renewal, in nanoseconds.
	 */
	long nanosToRenewal() {
		return (this.registered != null) ? Math.max(0, this.renewalNanos - (System.nanoTime() - this.lastRenewal))
				: Long.MAX_VALUE;
	}

	/**
	 * Returns the registered services of the node.
	 */
	Set<ServiceName> services() {
		DesiredRegistration current = this.registered;
		return (current != null) ? current.services() : Set.of();
	}

	private <T> T call(Object request, Class<T> replyType, long seconds) {
		CompletableFuture<T> answer = this.connection.async().sendRecv(request, replyType);
		try {
			return answer.get(seconds, TimeUnit.SECONDS);
		}
		catch (ExecutionException | CompletionException ex) {
			throw (ex.getCause() instanceof AdaptiveException failed) ? failed
					: new AdaptiveException(ErrorCode.INTERNAL, String.valueOf(ex.getCause()));
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw new AdaptiveException(ErrorCode.UNAVAILABLE,
					"The root registry did not answer within %s s".formatted(seconds));
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, "Interrupted while talking to a root registry");
		}
	}

}
