/**
 * API: what handles messages. A {@link io.adaptive.handler.ReplyHandler} returns the
 * reply, a {@link io.adaptive.handler.ContextHandler} also sees its stream, a
 * {@link io.adaptive.handler.Handler} takes the stream for a conversation.
 * {@link io.adaptive.handler.HandlerOptions} say with which priority and on which thread.
 */
@NullMarked
package io.adaptive.handler;

import org.jspecify.annotations.NullMarked;
