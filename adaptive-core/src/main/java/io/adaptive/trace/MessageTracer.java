package io.adaptive.trace;

import io.adaptive.message.TraceTag;
import org.jspecify.annotations.Nullable;

/**
 * Decides which messages of a node are traced, and records what happens to them. Safe for
 * use by many threads.
 */
public final class MessageTracer {

	/** Traces nothing. */
	public static final MessageTracer NONE = new MessageTracer((record) -> {
	});

	private final TraceSink sink;

	/**
	 * Makes the tracer of a node.
	 * @param sink takes what is recorded
	 */
	public MessageTracer(TraceSink sink) {
		this.sink = sink;
	}

	/**
	 * A client is about to send a message.
	 * @param message the message
	 * @param within the tag of the handler that sends it, {@code null} outside of
	 * handlers and in those of messages that are not traced
	 * @return the message's tag with a hop of its own, {@code null} if it is not traced
	 */
	public @Nullable TraceTag begin(Object message, @Nullable TraceTag within) {
		return (within != null) ? within.next() : null;
	}

	/**
	 * Something happened to a traced message. Never fails and never waits.
	 * @param event what happened
	 * @param tag the message's tag
	 * @param parentHop the hop of the message whose handling sent it, 0 where that is
	 * unknown or there is none
	 * @param connection the message's connection
	 * @param messageType the name of the message's type, empty for an acknowledgement
	 * @param content the message, a {@link Throwable} or an
	 * {@link io.adaptive.message.ErrorInfo}, {@code null} for an acknowledgement
	 */
	public void record(TraceEvent event, TraceTag tag, long parentHop, TracedConnection connection, String messageType,
			@Nullable Object content) {
		// Nothing is marked yet.
	}

}
