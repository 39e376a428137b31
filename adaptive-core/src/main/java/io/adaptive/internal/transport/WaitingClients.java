package io.adaptive.internal.transport;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.internal.wire.Hello;
import io.adaptive.internal.wire.RelayToken;
import org.jspecify.annotations.Nullable;

/**
 * The clients that wait at the relay ports of a node. Each is there for a short time, and
 * each port has a limit, so that they are not too many.
 */
final class WaitingClients {

	private final SecureRandom random = new SecureRandom();

	private final Map<RelayToken, WaitingClient> clients = new ConcurrentHashMap<>();

	/**
	 * Adds a client.
	 * @return the token that it can be taken with
	 */
	RelayToken add(WaitingClient client) {
		RelayToken token = RelayToken.next(this.random);
		this.clients.put(token, client);
		return token;
	}

	/**
	 * Takes the client that a node has come for. Only the node that was handed the token
	 * may use it, and only once.
	 * @return {@code null} if nobody waits with this token for this node
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
