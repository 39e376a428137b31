/**
 * Room {@code transport}: links between two processes or within one: PROCESS by
 * reference, OS over a unix socket, LAN and WAN over TCP. A link transports envelopes and
 * is independent of calls. Uses {@code wire} and {@code log}. Runs on event loops, within
 * a process on the sender's thread.
 */
@NullMarked
package io.adaptive.internal.transport;

import org.jspecify.annotations.NullMarked;
