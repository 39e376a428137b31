package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Page of the answer of a root registry.
 *
 * @param nodes the nodes with matching services
 * @param next the start of the next page, zero if this is the last one
 */
@Message("adaptive.root-registry.found")
public record ServicesFound(List<NodeServices> nodes, long next) {
}
