package io.adaptive.internal.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.stream.ConnectionInfo;

/**
 * The target of a reconnecting connection. Thread-safe.
 */
interface Target {

	/**
	 * Connects, waiting for an instance to appear.
	 * @param deadline ends the attempt
	 * @param stop ends the waiting when it completes
	 */
	MultiplexedConnection connect(CallDeadline deadline, CompletableFuture<?> stop);

	/**
	 * Limits a wait for an instance by the time limit of this target.
	 * @param deadline the caller's deadline
	 * @return the earlier of the two, which starts now unless it is the caller's
	 */
	CallDeadline limit(CallDeadline deadline);

	/**
	 * Connects to one of the present instances.
	 * @throws io.adaptive.message.ServiceNotFoundException if there is none
	 */
	MultiplexedConnection connectNow(CompletableFuture<?> stop);

	/**
	 * Creates the error for a search without a result.
	 * @param waited the duration of the search
	 */
	AdaptiveException notFound(Duration waited);

	/**
	 * Returns whether any instance is known, without a query to the network.
	 */
	boolean isKnown();

	/**
	 * Returns whether an instance is no longer known, and another one is.
	 */
	boolean isReplaced(Instance instance);

	/**
	 * Returns the instance of a connection, if it is known.
	 */
	Optional<ServiceInstance> known(ConnectionInfo connection);

	/**
	 * Keeps the known instances up to date.
	 * @param stop ends the updates when it completes
	 * @param changed called on any thread after a possible change
	 */
	void keepKnown(CompletableFuture<?> stop, Runnable changed);

	/**
	 * Returns the connector of this target.
	 */
	Connector connector();

}
