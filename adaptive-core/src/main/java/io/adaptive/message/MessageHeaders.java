package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * What travels beside a message, unseen by who sends and handles it.
 *
 * @param traceContext its place in a distributed trace, {@code null} if nobody observes
 * its sender
 * @param traceTag its place in a traced conversation, {@code null} if it is not traced
 */
public record MessageHeaders(@Nullable TraceContext traceContext, @Nullable TraceTag traceTag) {

	/** Nothing travels beside the message. */
	public static final MessageHeaders NONE = new MessageHeaders(null, null);

	/**
	 * Returns headers.
	 * @param traceContext the place in a distributed trace, if any
	 * @param traceTag the place in a traced conversation, if any
	 * @return the headers, {@link #NONE} if there is neither
	 */
	public static MessageHeaders of(@Nullable TraceContext traceContext, @Nullable TraceTag traceTag) {
		return (traceContext == null && traceTag == null) ? NONE : new MessageHeaders(traceContext, traceTag);
	}

	/**
	 * Tells whether nothing travels beside the message.
	 * @return whether there is neither
	 */
	public boolean isEmpty() {
		return this.traceContext == null && this.traceTag == null;
	}

}
