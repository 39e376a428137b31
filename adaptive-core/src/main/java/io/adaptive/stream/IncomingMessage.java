package io.adaptive.stream;

import io.adaptive.message.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A message for a handler, with the way to answer it. Used by one worker at a time; only
 * the first answer counts.
 */
public final class IncomingMessage {

	private final MultiplexedStream stream;

	private final long callId;

	private final Payload payload;

	private @Nullable CallStream callStream;

	IncomingMessage(MultiplexedStream stream, long callId, Payload payload) {
		this.stream = stream;
		this.callId = callId;
		this.payload = payload;
	}

	/**
	 * Returns the message.
	 * @return the message, still encoded
	 */
	public Payload payload() {
		return this.payload;
	}

	/**
	 * Opens a conversation: from now on messages without a handler go to the stream's
	 * inbox.
	 * @return the stream as the handler sees it
	 */
	public ContextStream openConversation() {
		this.stream.openConversation();
		CallStream opened = new CallStream(this.stream, this.callId);
		this.callStream = opened;
		return opened;
	}

	/**
	 * Sends what a handler returned.
	 * @param result the reply or an exception; with {@code null} a call is acknowledged,
	 * unless a conversation is open, in which the handler answers in its own time
	 */
	public void answer(@Nullable Object result) {
		if (this.callStream != null) {
			if (result != null) {
				this.callStream.send(result);
			}
		}
		else if (this.callId != 0) {
			this.stream.answer(this.callId, result);
		}
		else if (result != null) {
			this.stream.send(result);
		}
	}

	@Override
	public String toString() {
		return "%s of %s".formatted(this.payload.typeName(), this.stream);
	}

}
