package io.adaptive.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.adaptive.message.AdaptiveException;
import org.jspecify.annotations.Nullable;

/**
 * A search that may take for ever, on a thread of its own: one for all who want its
 * result at the same time, however many they are. Safe for use by many threads.
 *
 * @param <T> what is found
 */
final class SingleFlight<T> {

	private final String name;

	private final Supplier<T> search;

	private @Nullable CompletableFuture<T> running;

	/**
	 * Makes a search that does not run.
	 * @param name the name of its thread
	 * @param search what the thread does
	 */
	SingleFlight(String name, Supplier<T> search) {
		this.name = name;
		this.search = search;
	}

	/**
	 * Begins to search, unless that is being done.
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
			ClientThreads.start(this.name, () -> run(fresh));
		}
		catch (RuntimeException | Error ex) {
			// Without a thread nothing would ever complete it, and the next begins again.
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
