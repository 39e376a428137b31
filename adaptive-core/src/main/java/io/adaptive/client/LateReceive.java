package io.adaptive.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import io.adaptive.stream.CallContext;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A receive that begins when there is a connection to receive from. Completing it in any
 * other way, as by cancelling or by a timeout, ends the receive, which then takes no
 * message.
 *
 * @param <T> the type of the message
 */
final class LateReceive<T> extends CompletableFuture<T> {

	private final @Nullable CallContext context;

	private final Function<Connection, CompletableFuture<T>> receive;

	/** Guarded by this. */
	private @Nullable CompletableFuture<T> begun;

	/**
	 * Prepares to receive.
	 * @param context the call that the receive is a part of
	 * @param receive begins to receive
	 */
	LateReceive(@Nullable CallContext context, Function<Connection, CompletableFuture<T>> receive) {
		this.context = context;
		this.receive = receive;
	}

	/**
	 * Begins once there is a connection.
	 * @param connection may be completed later
	 */
	LateReceive<T> begin(CompletableFuture<Connection> connection) {
		CompletableFuture<?> unused = whenComplete((message, error) -> withdraw());
		unused = connection.whenComplete(this::connected);
		return this;
	}

	private void connected(Connection connection, @Nullable Throwable error) {
		if (error != null) {
			failed(error);
			return;
		}
		CompletableFuture<T> receiving = beginOn(connection);
		if (receiving != null) {
			CompletableFuture<?> unused = receiving.whenComplete((message, failure) -> {
				if (failure != null) {
					failed(failure);
				}
				else {
					complete(message);
				}
			});
		}
	}

	/**
	 * Begins, unless this has ended before.
	 */
	private synchronized @Nullable CompletableFuture<T> beginOn(Connection connection) {
		if (isDone()) {
			return null;
		}
		CallContext.Binding bound = CallContext.bind(this.context);
		try {
			this.begun = this.receive.apply(connection);
		}
		finally {
			bound.close();
		}
		return this.begun;
	}

	private void failed(Throwable error) {
		completeExceptionally(
				(error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error);
	}

	private void withdraw() {
		CompletableFuture<T> receiving;
		synchronized (this) {
			receiving = this.begun;
		}
		if (receiving != null) {
			receiving.cancel(false);
		}
	}

}
