package io.adaptive.internal.stream;

import java.util.concurrent.CompletionStage;

import io.adaptive.message.MessageHeaders;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * The stream of many replies of a handler, sent one after the other, until it ends the
 * stream. For one thread at a time.
 */
public final class ReplyStream {

	private final CallStream stream;

	private final PropagatedContext call;

	ReplyStream(CallStream stream) {
		this.stream = stream;
		this.call = stream.replyContext();
	}

	/**
	 * Returns the call that the replies belong to.
	 * @return the context of the handler in which this was created
	 */
	public PropagatedContext call() {
		return this.call;
	}

	/**
	 * Sends a reply, or an exception. The first one answers the call, if there is one;
	 * the others need credit. Does not wait.
	 * @param reply the reply
	 * @return completes, on any thread, when the reply has left or failed; {@code null}
	 * if it has left at once
	 * @throws io.adaptive.message.AdaptiveException if it cannot be sent
	 */
	public @Nullable CompletionStage<?> send(Object reply) {
		CallContext.Binding bound = PropagatedContext.bind(this.call.latest());
		try {
			Operation<@Nullable Void> sent = this.stream.beginSend(reply, null, MessageHeaders.NONE);
			return (sent == Operation.SENT) ? null : sent;
		}
		finally {
			bound.close();
		}
	}

	/**
	 * Cancels the calls made for the replies, which are no longer received.
	 */
	public void cancelCalls() {
		this.stream.cancelHandler();
	}

	/**
	 * Ends the stream. Replies that wait for credit are dropped.
	 */
	public void close() {
		this.stream.close();
	}

	@Override
	public String toString() {
		return this.stream.toString();
	}

}
