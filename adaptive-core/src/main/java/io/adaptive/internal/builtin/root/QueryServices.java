package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Asks a root registry for services. The answer is a {@link ServicesFound}.
 *
 * @param publisher what the publisher must look like; {@code *} stands for any characters
 * @param name what the name must look like
 * @param after zero, or where the answer before ended
 */
@Message("adaptive.root-registry.query")
public record QueryServices(String publisher, String name, long after) {
}
