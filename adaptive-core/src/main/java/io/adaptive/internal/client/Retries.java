package io.adaptive.internal.client;

import java.util.Objects;

import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageType;
import io.adaptive.message.TraceTag;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.CallSettings;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the retries of one call, at most {@value #MAX_ATTEMPTS} attempts and only
 * after errors with code {@code UNAVAILABLE}. A call that was never sent, and for the
 * first time one that the peer did not process, causes no load and is retried outside of
 * the budget. Further retries are taken from the budget; a call that may have been
 * processed is retried only if it is idempotent.
 *
 * @see <a href=
 * "https://github.com/grpc/proposal/blob/master/A6-client-retries.md#transparent-retries">
 * transparent retries of gRPC</a>
 */
final class Retries {

	private static final int MAX_ATTEMPTS = 5;

	private final boolean idempotent;

	private final RetryBudget budget;

	private int failed;

	private @Nullable AdaptiveException toTell;

	private @Nullable TraceTag first;

	Retries(Object request, CallSettings settings, RetryBudget budget) {
		this.idempotent = settings.idempotent() || MessageType.of(request.getClass()).isIdempotent();
		this.budget = budget;
	}

	/**
	 * Notes a failed attempt.
	 * @return whether to try again
	 */
	boolean allow(AdaptiveException error) {
		this.failed++;
		if (this.first == null) {
			this.first = error.traceTag();
		}
		if (this.toTell == null || this.toTell.delivery() != Delivery.UNKNOWN) {
			this.toTell = error;
		}
		if (error.code() != ErrorCode.UNAVAILABLE || this.failed >= MAX_ATTEMPTS) {
			return false;
		}
		return switch (error.delivery()) {
			case NOT_SENT -> true;
			case NOT_PROCESSED -> this.failed == 1 || this.budget.spend();
			case UNKNOWN -> this.idempotent && this.budget.spend();
		};
	}

	/**
	 * Marks messages sent by this thread as retries of the same call, for its trace.
	 * @return ends that
	 */
	CallContext.Binding bind() {
		return PropagatedContext.bindRetry(this.first);
	}

	/**
	 * Returns whether no attempt can have reached a handler. Such a call waits for the
	 * next instance, as a new call does.
	 */
	boolean areUnprocessed() {
		return this.toTell == null || this.toTell.delivery() != Delivery.UNKNOWN;
	}

	boolean hasFailed() {
		return this.toTell != null;
	}

	/**
	 * Returns the error for the caller of a failed call: the last one, or the first after
	 * which the call may have been processed.
	 */
	AdaptiveException toTell() {
		return Objects.requireNonNull(this.toTell, "no attempt has failed");
	}

}
