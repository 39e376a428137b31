package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Begins to watch services; to be sent on a stream of its own, on which then
 * {@link RegistryUpdate}s come until one end closes it.
 *
 * @param publisher what the publisher must look like; {@code *} stands for any characters
 * @param name what the name must look like
 * @param incarnation the incarnation in the last update that was seen, zero for none
 * @param revision the revision in that update
 */
@Message("adaptive.root-registry.watch")
public record WatchServices(String publisher, String name, long incarnation, long revision) {
}
