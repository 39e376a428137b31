package io.adaptive.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * A search that ends when the message is cancelled that the searching thread handles.
 */
final class CancellableSearch {

	private CancellableSearch() {
	}

	/**
	 * Searches on this thread.
	 * @param <T> what is found
	 * @param stop ends the search for other reasons
	 * @param search gets what ends it
	 * @return what was found
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
			// Or a dependent would stay with what ends all searches.
			over.complete(null);
		}
	}

}
