/**
 * Bytes: handshake, frames and fragments, message types by number, payload codecs. The
 * format is written down in {@code docs/protocol.md}.
 */
@NullMarked
package io.adaptive.wire;

import org.jspecify.annotations.NullMarked;
