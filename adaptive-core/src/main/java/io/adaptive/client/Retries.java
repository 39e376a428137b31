package io.adaptive.client;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageType;

/**
 * Decides whether one call is sent again. A call that never left, and for the first time
 * one that the peer did not process, costs nobody anything and is always sent again; what
 * goes beyond is taken from the budget.
 *
 * @see <a href=
 * "https://github.com/grpc/proposal/blob/master/A6-client-retries.md#transparent-retries">
 * transparent retries of gRPC</a>
 */
final class Retries {

	private static final int MAX_ATTEMPTS = 5;

	private final Object request;

	private final RetryBudget budget;

	private int failed;

	Retries(Object request, RetryBudget budget) {
		this.request = request;
		this.budget = budget;
	}

	/**
	 * An attempt has failed.
	 * @return whether to try again
	 */
	boolean allow(AdaptiveException error) {
		this.failed++;
		if (error.code() != ErrorCode.UNAVAILABLE || this.failed >= MAX_ATTEMPTS) {
			return false;
		}
		return switch (error.delivery()) {
			case NOT_SENT -> true;
			case NOT_PROCESSED -> this.failed == 1 || this.budget.spend();
			case UNKNOWN -> MessageType.of(this.request.getClass()).isIdempotent() && this.budget.spend();
		};
	}

}
