/**
 * API: raw connections, which carry only bytes after the handshake. Start with
 * {@code AdaptiveClient.discoverRaw} at one end and {@code Service.onRawConnection} at
 * the other.
 */
@NullMarked
package io.adaptive.raw;

import org.jspecify.annotations.NullMarked;
