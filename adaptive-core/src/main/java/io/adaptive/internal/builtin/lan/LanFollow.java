package io.adaptive.internal.builtin.lan;

import io.adaptive.annotation.Message;

/**
 * Asks {@code builtin/LANRegistry} of a node to tell what the node offers in LAN scope: a
 * {@link LanNews.Services} now, and a {@link LanNews.Change} whenever that changes, for
 * as long as the stream is open.
 */
@Message("adaptive.lan-follow")
public record LanFollow() {
}
