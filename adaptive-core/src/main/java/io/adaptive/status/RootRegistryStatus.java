package io.adaptive.status;

import java.time.Duration;

import io.adaptive.message.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * How a node stands with one of its root registries.
 *
 * @param address the registry's address, as it was configured
 * @param connected whether it is reached; while it is not, what it told last still counts
 * @param since how long that has been so
 * @param lastError why it could not be reached or was lost the last time, {@code null} if
 * it never was
 * @param registration whether the node is registered there
 * @param refusal why the registry refused it, {@code null} if it did not
 */
public record RootRegistryStatus(Endpoint.Tcp address, boolean connected, Duration since, @Nullable String lastError,
		Registration registration, @Nullable String refusal) {

	/**
	 * Whether a node is registered.
	 */
	public enum Registration {

		/** The node publishes nothing in WAN scope. */
		NOT_NEEDED,

		/** Not yet, or not since the registry was lost. */
		PENDING,

		/** The registry tells others of the node. */
		ACCEPTED,

		/** The registry does not take the node. */
		REFUSED

	}

}
