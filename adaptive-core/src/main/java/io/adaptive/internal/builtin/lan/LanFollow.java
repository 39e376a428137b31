package io.adaptive.internal.builtin.lan;

import io.adaptive.annotation.Message;

/**
 * Subscribes to the services that a node offers in LAN scope, at its {@code
 * builtin/LANRegistry}. The answers are a {@link LanNews.Services} now and a
 * {@link LanNews.Change} after each change, for as long as the stream is open.
 */
@Message("adaptive.lan-follow")
public record LanFollow() {
}
