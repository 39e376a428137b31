package io.adaptive.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.Delivery;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A receive that begins once there is a connection. Completing it otherwise, for example
 * by cancelling or by a timeout, ends the receive, which then takes no message.
 *
 * @param <T> the type of the message
 */
final class LateReceive<T> extends CompletableFuture<T> {

	private final @Nullable PropagatedContext context;

	private final Function<Connection, CompletableFuture<T>> receive;

	private final Executor callbacks;

	/** Guarded by this. */
	private @Nullable CompletableFuture<T> begun;

	/**
	 * Whether the caller has ended this, so that the result of the receive is dropped.
	 * Guarded by this.
	 */
	private boolean givenUp;

	/**
	 * Creates the receive, without beginning it.
	 * @param context the context of the call that the receive belongs to
	 * @param callbacks executor of the dependent stages of this when the call is
	 * cancelled
	 * @param receive begins to receive
	 */
	LateReceive(@Nullable PropagatedContext context, Executor callbacks,
			Function<Connection, CompletableFuture<T>> receive) {
		this.context = context;
		this.callbacks = callbacks;
		this.receive = receive;
	}

	/**
	 * Begins on a connection at once.
	 */
	LateReceive<T> begin(Connection connection) {
		connected(connection, null);
		return this;
	}

	/**
	 * Begins once there is a connection. A receive that has ended leaves no dependent
	 * stage on the search, which may never end.
	 * @param search the search, which others share
	 * @param found called once, when the search or this receive is over
	 */
	LateReceive<T> begin(CompletableFuture<Connection> search, Runnable found) {
		followHandler();
		CompletableFuture<?> unused = CompletableFuture.anyOf(search, this).whenComplete((any, failure) -> {
			found.run();
			if (search.isDone()) {
				search.whenComplete(this::connected);
			}
		});
		return this;
	}

	/**
	 * Ends the wait when the caller of the receiving handler gives up.
	 */
	private void followHandler() {
		if (this.context != null) {
			CallContext.Binding handler = this.context.whenCancelled(() -> this.callbacks
				.execute(() -> completeExceptionally(PropagatedContext.cancelled(Delivery.UNKNOWN))));
			CompletableFuture<?> unused = whenComplete((message, error) -> handler.close());
		}
	}

	private void connected(Connection connection, @Nullable Throwable error) {
		if (error != null) {
			received(null, error);
			return;
		}
		CompletableFuture<T> receiving = beginOn(connection);
		if (receiving != null) {
			CompletableFuture<?> unused = receiving.whenComplete(this::received);
		}
	}

	/**
	 * Begins, unless this has ended before.
	 */
	private synchronized @Nullable CompletableFuture<T> beginOn(Connection connection) {
		if (this.givenUp) {
			return null;
		}
		CallContext.Binding bound = PropagatedContext.bind(this.context);
		try {
			this.begun = this.receive.apply(connection);
		}
		finally {
			bound.close();
		}
		return this.begun;
	}

	private void received(@Nullable T message, @Nullable Throwable error) {
		synchronized (this) {
			if (this.givenUp) {
				return;
			}
		}
		if (error == null) {
			super.complete(message);
		}
		else {
			super.completeExceptionally(
					(error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error);
		}
	}

	/**
	 * Ends the receive on behalf of the caller.
	 * @return {@code false} if it has its result, or is about to get it
	 */
	private boolean giveUp() {
		CompletableFuture<T> receiving;
		synchronized (this) {
			if (this.givenUp || isDone()) {
				return false;
			}
			this.givenUp = true;
			receiving = this.begun;
		}
		if (receiving == null || receiving.cancel(false)) {
			return true;
		}
		synchronized (this) {
			this.givenUp = false;
		}
		// A result that came in the meantime was not passed on.
		CompletableFuture<?> unused = receiving.whenComplete(this::received);
		return false;
	}

	@Override
	public boolean complete(T message) {
		return giveUp() && super.complete(message);
	}

	@Override
	public boolean completeExceptionally(Throwable error) {
		return giveUp() && super.completeExceptionally(error);
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		return giveUp() ? super.cancel(mayInterruptIfRunning) : isCancelled();
	}

}
