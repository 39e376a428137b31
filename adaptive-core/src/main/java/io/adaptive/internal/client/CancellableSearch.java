package io.adaptive.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * A search that also ends when the message handled by the searching thread is cancelled.
 */
final class CancellableSearch {

	private CancellableSearch() {
	}

	/**
	 * Searches on this thread.
	 * @param <T> the type of the result
	 * @param stop ends the search for other reasons
	 * @param search the search, which receives the future that ends it
	 * @return the result
	 * @throws AdaptiveException with {@link ErrorCode#CANCELLED} if the message is
	 * cancelled
	 */
	static <T> T run(CompletableFuture<?> stop, Function<CompletableFuture<?>, T> search) {
		if (!PropagatedContext.isCancellable()) {
			return search.apply(stop);
		}
		PropagatedContext.checkCancelled();
		CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
		CallContext.Binding bound = PropagatedContext.onCancel(() -> over.complete(null));
		try {
			return search.apply(CompletableFuture.anyOf(stop, over));
		}
		catch (AdaptiveException ex) {
			PropagatedContext.checkCancelled();
			throw ex;
		}
		finally {
			bound.close();
			// Otherwise a dependent stage would stay with the future that ends all
			// searches.
			over.complete(null);
		}
	}

}
