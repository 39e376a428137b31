package io.adaptive.internal.scope.wan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.adaptive.internal.proxy.Relay;
import io.adaptive.internal.proxy.RelayListener;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import org.jspecify.annotations.Nullable;

/**
 * One of the relays of a {@link RelayRoute}. What is not said to be safe for use by many
 * threads is for the lock of the route.
 */
final class RelayLeg implements RelayListener {

	/** Clients may have read the address of a relay just before it was replaced. */
	static final Duration LINGER = Duration.ofSeconds(10);

	private final Consumer<Role> relayed;

	private final Relay relay;

	private volatile Role role;

	/** {@code null} while it is needed. */
	private @Nullable Long idleSince;

	/**
	 * Begins to look for a proxy.
	 * @param role what the relay is for
	 * @param opener opens it
	 * @param proxies where proxies may be for this role, the best first
	 * @param relayed called on any thread after it was opened or lost
	 */
	RelayLeg(Role role, Relay.Opener opener, Function<Role, List<Endpoint>> proxies, Consumer<Role> relayed) {
		this.role = role;
		this.relayed = relayed;
		this.relay = opener.open(() -> proxies.apply(this.role), this);
	}

	@Override
	public void relayed(Optional<Endpoint.Relayed> endpoint) {
		Role now = this.role;
		if (now == Role.RETIRED) {
			// Its connections have ended with it, and it would only begin anew.
			this.relay.close();
		}
		this.relayed.accept(now);
	}

	/**
	 * Returns where clients reach the node. Safe for use by many threads.
	 */
	Optional<Endpoint.Relayed> endpoint() {
		return this.relay.endpoint();
	}

	boolean isOpen() {
		return endpoint().isPresent();
	}

	boolean isBy(List<Instance> proxies) {
		return endpoint().filter((endpoint) -> proxies.contains(endpoint.by())).isPresent();
	}

	/**
	 * Tells whether the proxy was reached at an address.
	 */
	boolean isAt(Endpoint address) {
		return this.relay.proxy().equals(Optional.of(address));
	}

	int clients() {
		return this.relay.clients();
	}

	void use() {
		this.role = Role.CURRENT;
	}

	void retire() {
		this.role = Role.RETIRED;
		this.idleSince = null;
	}

	/**
	 * Tells whether the relay is closed, and closes it if nobody has needed it for some
	 * time.
	 * @param now the time in nanoseconds
	 * @param told whether clients are still told of it
	 */
	boolean closesWhenOver(long now, boolean told) {
		if (isOpen() && (told || clients() > 0)) {
			this.idleSince = null;
			return false;
		}
		Long since = this.idleSince;
		this.idleSince = (since != null) ? since : now;
		if (isOpen() && (since == null || now - since < LINGER.toNanos())) {
			return false;
		}
		close();
		return true;
	}

	void close() {
		this.relay.close();
	}

	/**
	 * What a relay is for.
	 */
	enum Role {

		/** To be the current one when it is open. */
		CANDIDATE,

		/** Clients are told of it. */
		CURRENT,

		/** Stays for the clients that are connected through it. */
		RETIRED

	}

}
