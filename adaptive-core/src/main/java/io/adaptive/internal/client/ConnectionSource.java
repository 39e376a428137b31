package io.adaptive.internal.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Source of the connections of a call, one for each attempt. Thread-safe.
 */
interface ConnectionSource {

	/**
	 * Returns an open connection, {@code null} if there is none without a search.
	 */
	@Nullable Connection ifOpen();

	/**
	 * Searches for a connection, waiting for an instance to appear.
	 * @return the connection, which several calls may share; must not be completed by a
	 * caller
	 */
	CompletableFuture<Connection> find();

	/**
	 * Searches for a connection for a call that has failed on another one, without
	 * waiting for an instance to appear.
	 * @return the connection, empty if there is no instance; must not be completed by a
	 * caller
	 */
	CompletableFuture<Optional<Connection>> findAnother();

	/**
	 * Returns whether the user has not closed the connection.
	 */
	boolean isWanted();

	/**
	 * Creates the error for a search without a result.
	 * @param waited the duration of the search
	 */
	AdaptiveException notFound(Duration waited);

	/**
	 * Counts a call that begins to wait for a connection.
	 * @throws AdaptiveException with code {@code RESOURCE_EXHAUSTED} if too many wait
	 */
	void beginWaiting();

	/**
	 * Counts a call out that no longer waits for a connection.
	 */
	void endWaiting();

	/**
	 * Captures the context of the calling thread for attempts on other threads.
	 * @return the context, {@code null} if there is none, or all attempts are made on the
	 * calling thread
	 */
	CallerContext.@Nullable Captured captureCaller();

	/**
	 * Returns the executor for the dependent stages of a call that ends while it waits.
	 */
	Executor callbacks();

}
