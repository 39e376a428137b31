package io.adaptive.internal.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The source of a blocking call: searches on the thread of its caller, which waits, so
 * that all results are there when a method returns. The number of waiting calls is
 * bounded by their threads.
 *
 * @param connections searches for connections
 * @param deadline the deadline of the call
 */
record BlockingSource(CurrentConnection connections, CallDeadline deadline) implements ConnectionSource {

	@Override
	public @Nullable Connection ifOpen() {
		return this.connections.ifOpen();
	}

	@Override
	public CompletableFuture<Connection> find() {
		return now(() -> this.connections.get(this.deadline));
	}

	@Override
	public CompletableFuture<Optional<Connection>> findAnother() {
		return now(this.connections::getAnother);
	}

	private static <T> CompletableFuture<T> now(Supplier<T> search) {
		try {
			return CompletableFuture.completedFuture(search.get());
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public boolean isWanted() {
		return this.connections.isWanted();
	}

	@Override
	public AdaptiveException notFound(Duration waited) {
		return this.connections.notFound(waited);
	}

	@Override
	public void beginWaiting() {
	}

	@Override
	public void endWaiting() {
	}

	@Override
	public CallerContext.@Nullable Captured captureCaller() {
		return null;
	}

	@Override
	public Executor callbacks() {
		return this.connections.callbacks();
	}

}
