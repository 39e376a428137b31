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
 * What a reconnecting connection leads to. Safe for use by many threads.
 */
interface Target {

	/**
	 * Connects, waiting for an instance to appear.
	 * @param deadline when to give up
	 * @param stop ends the waiting when it completes
	 */
	MultiplexedConnection connect(CallDeadline deadline, CompletableFuture<?> stop);

	/**
	 * Limits a wait for an instance by what is set for all waits of this target.
	 * @param deadline when the caller gives up
	 * @return the earlier of the two limits, which counts from now unless it is the
	 * caller's
	 */
	CallDeadline limit(CallDeadline deadline);

	/**
	 * Connects to what is there now.
	 * @throws io.adaptive.message.ServiceNotFoundException if nothing is
	 */
	MultiplexedConnection connectNow(CompletableFuture<?> stop);

	/**
	 * Makes what is thrown when nothing was found.
	 * @param waited for how long
	 */
	AdaptiveException notFound(Duration waited);

	/**
	 * Tells whether there is any instance, without asking the network.
	 */
	boolean isKnown();

	/**
	 * Tells whether an instance is not known any more, and another one is.
	 */
	boolean isReplaced(Instance instance);

	/**
	 * Returns the instance that a connection leads to, if it is known.
	 */
	Optional<ServiceInstance> known(ConnectionInfo connection);

	/**
	 * Keeps what is known fresh.
	 * @param stop ends that when it completes
	 * @param changed called on any thread after something may have changed
	 */
	void keepKnown(CompletableFuture<?> stop, Runnable changed);

	/**
	 * Returns what makes the connections.
	 */
	Connector connector();

}
