/**
 * Room {@code transport}: links between two programs or within one: PROCESS by reference,
 * OS over a unix socket, LAN and WAN over TCP. A link carries envelopes and knows nothing
 * of calls. Uses {@code wire} and {@code log}. Runs on event loops, within a process on
 * the thread of the sender.
 */
@NullMarked
package io.adaptive.internal.transport;

import org.jspecify.annotations.NullMarked;
