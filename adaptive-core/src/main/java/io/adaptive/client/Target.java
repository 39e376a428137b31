package io.adaptive.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.adaptive.discovery.LookupCounters;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MultiplexedConnection;

/**
 * What a healing connection leads to. Safe for use by many threads.
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
	 * Returns the instance that a connection leads to, if it is known and no longer has
	 * the address by which it was reached.
	 */
	Optional<ServiceInstance> moved(ConnectionInfo connection);

	/**
	 * Returns the instance that a connection leads to, if it is known.
	 */
	Optional<ServiceInstance> known(ConnectionInfo connection);

	/**
	 * Calls somebody each second in which the address of this machine is gone from which
	 * a connection reaches its peer.
	 */
	void watchOwnAddress(MultiplexedConnection connection, Runnable gone);

	/**
	 * Connects to an instance, once.
	 * @throws io.adaptive.message.ConnectionRefusedException if it does not answer
	 */
	MultiplexedConnection open(ServiceInstance instance);

	/**
	 * Keeps what is known fresh.
	 * @param stop ends that when it completes
	 * @param changed called on any thread after something may have changed
	 */
	void keepKnown(CompletableFuture<?> stop, Runnable changed);

	/**
	 * Returns who runs what hangs on futures.
	 */
	Executor callbacks();

	/**
	 * Returns how many calls may wait for an instance.
	 */
	int maxWaitingCalls();

	/**
	 * Returns what counts the connections that are made again.
	 */
	LookupCounters counters();

	/**
	 * Returns what callers carry to handlers of this process.
	 */
	CallerContext callerContext();

}
