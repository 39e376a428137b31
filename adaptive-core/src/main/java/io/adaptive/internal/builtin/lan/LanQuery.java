package io.adaptive.internal.builtin.lan;

import io.adaptive.annotation.Message;

/**
 * Queries a node for its known instances of the local network, at its
 * {@code builtin/LANRegistry}. The answer is a {@link LanAnswer}. Both parts may contain
 * {@code *}.
 *
 * @param publisher a pattern of the publisher
 * @param name a pattern of the service's name
 */
@Message("adaptive.lan-query")
public record LanQuery(String publisher, String name) {
}
