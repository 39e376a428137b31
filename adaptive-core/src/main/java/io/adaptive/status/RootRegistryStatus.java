package io.adaptive.status;

import java.time.Duration;

import io.adaptive.message.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The status of a root registry, as seen by a node.
 *
 * @param address the configured address of the registry
 * @param connected whether the node is connected to the registry; while it is not, the
 * last known services remain valid
 * @param since the time since {@code connected} last changed
 * @param lastError the reason of the last failed or lost connection, {@code null} if
 * there was none
 * @param registration the state of the node's registration
 * @param refusal the reason why the registry refused the node, {@code null} if it did not
 */
public record RootRegistryStatus(Endpoint.Tcp address, boolean connected, Duration since, @Nullable String lastError,
		Registration registration, @Nullable String refusal) {

	/**
	 * The state of a registration.
	 */
	public enum Registration {

		/** The node publishes nothing in WAN scope. */
		NOT_NEEDED,

		/** The node is not registered yet, or not again after the connection was lost. */
		PENDING,

		/** The node is registered. */
		ACCEPTED,

		/** The registry refused the node. */
		REFUSED

	}

}
