package io.adaptive.internal.builtin.lan;

import io.adaptive.annotation.Message;

/**
 * Asks {@code builtin/LANRegistry} of a node what it knows of the local network; the
 * answer is a {@link LanAnswer}. Both parts may contain {@code *}.
 *
 * @param publisher which publishers
 * @param name which names
 */
@Message("adaptive.lan-query")
public record LanQuery(String publisher, String name) {
}
