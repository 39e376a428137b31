/**
 * Links between two programs, or within one: PROCESS by reference, OS over a unix socket.
 * A link carries envelopes and knows nothing of calls.
 */
@NullMarked
package io.adaptive.transport;

import org.jspecify.annotations.NullMarked;
