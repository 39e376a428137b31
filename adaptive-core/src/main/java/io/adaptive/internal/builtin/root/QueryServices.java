package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Queries a root registry for services. The answer is a {@link ServicesFound}.
 *
 * @param publisher a pattern of the publisher; {@code *} stands for any characters
 * @param name a pattern of the service's name
 * @param after zero, or the end of the answer before
 */
@Message("adaptive.root-registry.query")
public record QueryServices(String publisher, String name, long after) {
}
