/**
 * Room {@code dispatch}: from a message to its handler: the handler table, the mailbox
 * and the pool of workers. Uses {@code stream}. Enqueues on event loops, handles on
 * workers.
 */
@NullMarked
package io.adaptive.internal.dispatch;

import org.jspecify.annotations.NullMarked;
