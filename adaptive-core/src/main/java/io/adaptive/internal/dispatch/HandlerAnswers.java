package io.adaptive.internal.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Answers the message.
 */
interface HandlerAnswers {

	void answer(@Nullable Object result);

	/**
	 * Reports that many replies ended with an error, which is already sent.
	 */
	void failed(Throwable error);

	/**
	 * Reports that many replies ended because their publisher violates the rules of
	 * Reactive Streams or ignores back-pressure. The error is already sent.
	 */
	void misbehaved(Throwable error);

}
