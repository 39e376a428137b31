package io.adaptive.status;

/**
 * How much there is in a registry.
 *
 * @param nodes registered nodes
 * @param services what they offer, each node's counted
 * @param watchers who is told of changes
 */
public record RegistrySize(int nodes, int services, int watchers) {
}
