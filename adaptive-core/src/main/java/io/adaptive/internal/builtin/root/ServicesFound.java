package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Part of what a root registry found.
 *
 * @param nodes the nodes that offer some of the services
 * @param next from where to ask on, zero if this is all
 */
@Message("adaptive.root-registry.found")
public record ServicesFound(List<NodeServices> nodes, long next) {
}
