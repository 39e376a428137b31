package io.adaptive.internal.dispatch;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The end of a publisher that a handler returned.
 *
 * @param error the error, {@code null} if it completed
 * @param misbehaved whether it violated the rules of Reactive Streams or ignored
 * back-pressure
 */
record PublisherEnd(@Nullable Throwable error, boolean misbehaved) {

	static final PublisherEnd ORDINARY = new PublisherEnd(null, false);

	static PublisherEnd of(Throwable error) {
		return new PublisherEnd(error, false);
	}

	static PublisherEnd misbehaved(ErrorCode code, String problem, @Nullable Throwable cause) {
		return new PublisherEnd(new AdaptiveException(code, Delivery.UNKNOWN, problem, cause), true);
	}

}
