package io.adaptive.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.message.AdaptiveException;
import org.jspecify.annotations.Nullable;

/**
 * A search that may take forever, on a thread of its own, which is shared by all
 * concurrent callers. Thread-safe.
 *
 * @param <T> the type of the result
 */
final class SingleFlight<T> {

	private final String name;

	private final Supplier<T> search;

	private @Nullable CompletableFuture<T> running;

	/**
	 * Creates a search that is not running.
	 * @param name the name of its thread
	 * @param search the search, run by that thread
	 */
	SingleFlight(String name, Supplier<T> search) {
		this.name = name;
		this.search = search;
	}

	/**
	 * Begins the search, unless it is running.
	 * @return the result, which the caller shares and must not complete
	 */
	synchronized CompletableFuture<T> begin() {
		CompletableFuture<T> current = this.running;
		if (current != null && !current.isDone()) {
			return current;
		}
		CompletableFuture<T> fresh = new CompletableFuture<>();
		this.running = fresh;
		try {
			DaemonThreads.start(this.name, () -> run(fresh));
		}
		catch (RuntimeException | Error ex) {
			// Without a thread the result would never complete; the next call begins
			// again.
			fresh.completeExceptionally(AdaptiveException.readable(ex));
		}
		return fresh;
	}

	private void run(CompletableFuture<T> result) {
		try {
			result.complete(this.search.get());
		}
		catch (RuntimeException | Error ex) {
			result.completeExceptionally(AdaptiveException.readable(ex));
		}
	}

}
