/**
 * Room {@code dispatch}: the path of a message to its handler: the handler table, the
 * mailbox and the worker pool. Uses {@code stream}. Enqueues on event loops, handles on
 * workers.
 */
@NullMarked
package io.adaptive.internal.dispatch;

import org.jspecify.annotations.NullMarked;
