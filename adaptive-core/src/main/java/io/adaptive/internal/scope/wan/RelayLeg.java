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
 * One relay of a {@link RelayRoute}. Guarded by the lock of the route, except where
 * noted.
 */
final class RelayLeg implements RelayListener {

	/**
	 * Time for which a replaced relay without clients stays open, since clients may have
	 * read its address just before.
	 */
	static final Duration LINGER = Duration.ofSeconds(10);

	private final Consumer<Role> relayed;

	private final Relay relay;

	private volatile Role role;

	/** Time since which the relay is not needed, {@code null} while it is. */
	private @Nullable Long idleSince;

	/**
	 * Creates the relay, which starts to look for a proxy.
	 * @param role the role of the relay
	 * @param opener opens the relay
	 * @param proxies returns the addresses of possible proxies for a role, the best first
	 * @param relayed run on any thread after the relay was opened or lost
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
			// Its connections have ended with it; left open, it would connect again.
			this.relay.close();
		}
		this.relayed.accept(now);
	}

	/**
	 * Returns the address under which clients reach the node. Safe for use by many
	 * threads.
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
	 * Returns whether the proxy was reached at an address.
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
	 * Closes the relay if it is lost or was not needed for {@link #LINGER}.
	 * @param now the time in nanoseconds
	 * @param told whether clients still receive its address
	 * @return whether the relay is closed
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
	 * Role of a relay.
	 */
	enum Role {

		/** Becomes the current one when it is open. */
		CANDIDATE,

		/** In use: clients receive its address. */
		CURRENT,

		/** Stays open for the clients that are connected through it. */
		RETIRED

	}

}
