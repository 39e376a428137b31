package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * What travels beside a message.
 *
 * @param traceContext where it belongs in a distributed trace, if that is known
 * @param traceTag where it belongs in a traced conversation, if it is traced
 */
public record MessageHeaders(@Nullable TraceContext traceContext, @Nullable TraceTag traceTag) {

	/** Nothing. */
	public static final MessageHeaders NONE = new MessageHeaders(null, null);

}
