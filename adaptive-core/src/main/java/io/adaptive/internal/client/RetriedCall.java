package io.adaptive.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.message.Delivery;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;

/**
 * A call with retries. Each attempt gets its connection from a source. A blocking call is
 * one whose source and attempts complete at once, so that it runs on the thread of its
 * caller.
 *
 * @param <T> the type of the answer
 */
final class RetriedCall<T extends @Nullable Object> extends CompletableFuture<T> {

	private final ConnectionSource connections;

	private final Retries retries;

	private final CallDeadline deadline;

	private final Function<Connection, CompletableFuture<T>> call;

	/** An attempt may begin on another thread than the call. */
	private final CallerContext.@Nullable Captured caller;

	private final @Nullable PropagatedContext context = PropagatedContext.current();

	private final Executor callbacks;

	private volatile @Nullable CompletableFuture<T> attempt;

	private boolean followsHandler;

	RetriedCall(ConnectionSource connections, Retries retries, CallDeadline deadline,
			Function<Connection, CompletableFuture<T>> call) {
		this.connections = connections;
		this.retries = retries;
		this.deadline = deadline;
		this.call = call;
		this.callbacks = PropagatedContext.following(connections.callbacks());
		this.caller = connections.captureCaller();
	}

	/**
	 * Begins the first attempt.
	 */
	CompletableFuture<T> begin() {
		CompletableFuture<?> unused = whenComplete((answer, error) -> withdraw());
		Connection open = this.connections.ifOpen();
		if (open != null) {
			attempt(open);
		}
		else {
			whenFound(this.connections::find, this::attempt, this::failed);
		}
		return this;
	}

	/**
	 * Continues after a first attempt that was made without this, by a blocking call.
	 * @param first the failure of that attempt
	 * @return the answer, which is there
	 */
	T continueAfter(AdaptiveException first) {
		failed(first);
		try {
			return join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/**
	 * Cancels the current attempt when this is completed, for example by a timeout or by
	 * cancelling.
	 */
	private void withdraw() {
		CompletableFuture<T> current = this.attempt;
		if (current != null) {
			current.cancel(false);
		}
	}

	/**
	 * Continues after a search, unless this call is over by then.
	 */
	private <R> void whenFound(Supplier<CompletableFuture<R>> searching, Consumer<R> then, Consumer<Throwable> failed) {
		try {
			this.connections.beginWaiting();
		}
		catch (AdaptiveException ex) {
			completeExceptionally(this.retries.hasFailed() ? this.retries.toTell() : ex);
			return;
		}
		CompletableFuture<R> search = searching.get();
		if (!search.isDone()) {
			await(search, then, failed);
			return;
		}
		this.connections.endWaiting();
		goOn(search, then, failed);
	}

	/**
	 * Awaits a search. A call that is over leaves no dependent stage on the search, which
	 * may never end.
	 */
	private <R> void await(CompletableFuture<R> search, Consumer<R> then, Consumer<Throwable> failed) {
		followHandler();
		CompletableFuture<?> either = CompletableFuture.anyOf(search, this);
		if (this.deadline.limited()) {
			limit(either);
		}
		CompletableFuture<?> unused = either.whenComplete((any, failure) -> {
			this.connections.endWaiting();
			if (!isDone()) {
				goOn(search, then, failed);
			}
		});
	}

	private <R> void goOn(CompletableFuture<R> search, Consumer<R> then, Consumer<Throwable> failed) {
		search.whenComplete((found, error) -> inContext(() -> {
			if (error == null) {
				then.accept(found);
			}
			else if (error instanceof AdaptiveException) {
				failed.accept(error);
			}
			else {
				completeExceptionally(error);
			}
		}));
	}

	/**
	 * Ends the wait when the caller of the handler that made this call gives up. Attempts
	 * end on their own.
	 */
	private void followHandler() {
		if (this.context != null && !this.followsHandler) {
			this.followsHandler = true;
			CallContext.Binding handler = this.context.whenCancelled(() -> this.callbacks.execute(this::cancelled));
			CompletableFuture<?> unused = whenComplete((answer, error) -> handler.close());
		}
	}

	private void cancelled() {
		completeExceptionally(
				PropagatedContext.cancelled((this.attempt != null) ? Delivery.UNKNOWN : Delivery.NOT_SENT));
	}

	/**
	 * Ends this call when its time is up first. A timeout of the wait itself would leave
	 * a dead entry on the search.
	 */
	private void limit(CompletableFuture<?> either) {
		CompletableFuture<?> timer = new CompletableFuture<>().orTimeout(this.deadline.left().toNanos(),
				TimeUnit.NANOSECONDS);
		CompletableFuture<?> unused = timer.whenComplete((never, timeout) -> {
			if (timeout != null) {
				this.callbacks.execute(this::late);
			}
		});
		unused = either.whenComplete((any, failure) -> timer.complete(null));
	}

	/**
	 * Fails the call because the time is up and no connection was found.
	 */
	private void late() {
		completeExceptionally(
				this.retries.hasFailed() ? this.retries.toTell() : this.connections.notFound(this.deadline.waited()));
	}

	/**
	 * Runs work on the thread of a search, including the dependent stages of this call,
	 * in the context of the handler that made the call.
	 */
	private void inContext(Runnable work) {
		CallContext.Binding bound = PropagatedContext.bind(this.context);
		try {
			work.run();
		}
		finally {
			bound.close();
		}
	}

	private void attempt(Connection connection) {
		try {
			CompletableFuture<T> current = callAgain(connection);
			this.attempt = current;
			CompletableFuture<?> unused = current.whenComplete(this::attempted);
			if (isDone()) {
				current.cancel(false);
			}
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
	}

	private CompletableFuture<T> callAgain(Connection connection) {
		CallContext.Binding again = this.retries.bind();
		try {
			return callAsCaller(connection);
		}
		finally {
			again.close();
		}
	}

	private CompletableFuture<T> callAsCaller(Connection connection) {
		if (this.caller == null) {
			return this.call.apply(connection);
		}
		Runnable before = this.caller.restore();
		try {
			return this.call.apply(connection);
		}
		finally {
			before.run();
		}
	}

	private void attempted(T answer, @Nullable Throwable error) {
		if (error == null) {
			if (!complete(answer) && answer instanceof MessageStream stream) {
				stream.close();
			}
		}
		else {
			failed((error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error);
		}
	}

	private void failed(Throwable error) {
		if (!(error instanceof AdaptiveException adaptive)) {
			completeExceptionally(error);
			return;
		}
		if (!this.retries.allow(adaptive) || isDone() || this.deadline.isOver() || !this.connections.isWanted()) {
			completeExceptionally(this.retries.toTell());
			return;
		}
		whenFound(this.connections::findAnother, (other) -> other.ifPresentOrElse(this::attempt, this::noOther),
				(failure) -> noOther());
	}

	/**
	 * Waits for an instance as a new call does, if no handler has received this one.
	 */
	private void noOther() {
		if (this.retries.areUnprocessed()) {
			whenFound(this.connections::find, this::attempt, this::failed);
		}
		else {
			completeExceptionally(this.retries.toTell());
		}
	}

}
