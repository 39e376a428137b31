/**
 * Room {@code wire}: bytes. Handshake, frames and fragments, message types by number,
 * payload codecs. The format is written down in {@code docs/protocol.md}. Uses {@code
 * message}. Encoding runs on the thread of the sender, decoding of frames on event loops,
 * decoding of messages where they are taken.
 */
@NullMarked
package io.adaptive.internal.wire;

import org.jspecify.annotations.NullMarked;
