package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * The headers of a message, which the framework sends with it. Senders and handlers do
 * not see them.
 *
 * @param traceContext the position in a distributed trace, {@code null} if the sender is
 * not observed
 * @param traceTag the position in a traced conversation, {@code null} if the message is
 * not traced
 */
public record MessageHeaders(@Nullable TraceContext traceContext, @Nullable TraceTag traceTag) {

	/** Empty headers. */
	public static final MessageHeaders NONE = new MessageHeaders(null, null);

	/**
	 * Returns headers.
	 * @param traceContext the position in a distributed trace, or {@code null}
	 * @param traceTag the position in a traced conversation, or {@code null}
	 * @return the headers, {@link #NONE} if both are {@code null}
	 */
	public static MessageHeaders of(@Nullable TraceContext traceContext, @Nullable TraceTag traceTag) {
		return (traceContext == null && traceTag == null) ? NONE : new MessageHeaders(traceContext, traceTag);
	}

	/**
	 * Returns whether there are no headers.
	 * @return {@code true} if both headers are {@code null}
	 */
	public boolean isEmpty() {
		return this.traceContext == null && this.traceTag == null;
	}

}
