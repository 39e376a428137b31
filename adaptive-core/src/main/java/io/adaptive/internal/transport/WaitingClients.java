package io.adaptive.internal.transport;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.internal.wire.Hello;
import io.adaptive.internal.wire.RelayToken;
import org.jspecify.annotations.Nullable;

/**
 * The clients that wait at the relay ports of a node. Bounded by the limit of each port
 * and by the time limit of fetching.
 */
final class WaitingClients {

	private final SecureRandom random = new SecureRandom();

	private final Map<RelayToken, WaitingClient> clients = new ConcurrentHashMap<>();

	/**
	 * Adds a client.
	 * @return the token to take it with
	 */
	RelayToken add(WaitingClient client) {
		RelayToken token = RelayToken.next(this.random);
		this.clients.put(token, client);
		return token;
	}

	/**
	 * Takes the client that a node fetches. The token is valid once, and only for the
	 * node that it was issued for.
	 * @return {@code null} if no client waits with this token for this node
	 */
	@Nullable WaitingClient take(RelayToken token, Hello hello) {
		WaitingClient client = this.clients.get(token);
		return (client != null && client.waitsFor(hello) && this.clients.remove(token, client)) ? client : null;
	}

	/**
	 * Removes a client.
	 * @return whether it still waited
	 */
	boolean remove(RelayToken token) {
		return this.clients.remove(token) != null;
	}

	int size() {
		return this.clients.size();
	}

}
