package io.adaptive.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import io.adaptive.message.AdaptiveException;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A call whose caller does not wait, and which is sent again where that is allowed.
 *
 * @param <T> the type of the answer
 */
final class RetriedCall<T extends @Nullable Object> extends CompletableFuture<T> {

	private final CurrentConnection connections;

	private final Retries retries;

	private final Function<AsyncStream, CompletableFuture<T>> call;

	private volatile @Nullable CompletableFuture<T> attempt;

	RetriedCall(CurrentConnection connections, Retries retries, Function<AsyncStream, CompletableFuture<T>> call) {
		this.connections = connections;
		this.retries = retries;
		this.call = call;
	}

	CompletableFuture<T> begin() {
		CompletableFuture<?> unused = whenComplete((answer, error) -> withdraw());
		Connection open = this.connections.ifOpen();
		if (open != null) {
			attempt(open);
		}
		else {
			ClientThreads.start("adaptive-discover", () -> attempt(null));
		}
		return this;
	}

	/**
	 * Whoever completes this, as by a time-out or by cancelling, waits no longer.
	 */
	private void withdraw() {
		CompletableFuture<T> current = this.attempt;
		if (current != null) {
			current.cancel(false);
		}
	}

	private void attempt(@Nullable Connection connection) {
		try {
			Connection used = (connection != null) ? connection : this.connections.get();
			CompletableFuture<T> current = this.call.apply(used.async());
			this.attempt = current;
			CompletableFuture<?> unused = current.whenComplete(this::attempted);
			if (isDone()) {
				current.cancel(false);
			}
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
	}

	private void attempted(T answer, @Nullable Throwable error) {
		if (error == null) {
			complete(answer);
		}
		else {
			failed((error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error);
		}
	}

	private void failed(Throwable error) {
		if (isDone() || !(error instanceof AdaptiveException adaptive) || !this.connections.isWanted()
				|| !this.retries.allow(adaptive)) {
			completeExceptionally(error);
			return;
		}
		ClientThreads.start("adaptive-retry", () -> retry(error));
	}

	private void retry(Throwable error) {
		try {
			Optional<Connection> other = this.connections.getAnother();
			other.ifPresentOrElse(this::attempt, () -> completeExceptionally(error));
		}
		catch (RuntimeException ex) {
			completeExceptionally(error);
		}
	}

}
