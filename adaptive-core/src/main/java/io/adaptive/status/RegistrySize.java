package io.adaptive.status;

/**
 * The size of a registry.
 * 
 * @param nodes the number of registered nodes
 * @param services the number of registered services, counted per node
 * @param watchers the number of watches
 */
public record RegistrySize(int nodes, int services, int watchers) {
}
