/**
 * API: message handlers. A {@link io.adaptive.handler.ReplyHandler} returns a reply, a
 * {@link io.adaptive.handler.ContextHandler} also has access to the context of the
 * stream, and a {@link io.adaptive.handler.Handler} can hold a conversation on the
 * stream. {@link io.adaptive.handler.HandlerOptions} set priority and thread.
 */
@NullMarked
package io.adaptive.handler;

import org.jspecify.annotations.NullMarked;
