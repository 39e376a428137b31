package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Starts a watch of services. It is sent on a stream of its own, which then delivers
 * {@link RegistryUpdate}s until one end closes it.
 *
 * @param publisher a pattern of the publisher; {@code *} stands for any characters
 * @param name a pattern of the service's name
 * @param incarnation the incarnation in the last update received, zero for none
 * @param revision the revision in that update
 */
@Message("adaptive.root-registry.watch")
public record WatchServices(String publisher, String name, long incarnation, long revision) {
}
