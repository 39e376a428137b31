/**
 * API: connections that carry bytes and nothing of the framework after the handshake.
 * Begin with {@code AdaptiveClient.discoverRaw} at one end and
 * {@code Service.onRawConnection} at the other.
 */
@NullMarked
package io.adaptive.raw;

import org.jspecify.annotations.NullMarked;
