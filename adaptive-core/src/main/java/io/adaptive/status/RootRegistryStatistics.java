package io.adaptive.status;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of a root registry.
 *
 * @param size what there is in it now
 * @param suspects nodes that seem to be gone together with most others, and are kept
 * @param renewed how often nodes have renewed their leases since it started
 * @param lost nodes that went without having said so since then
 * @param refused requests that were refused since then
 * @param writeFailure why its journal cannot be written, {@code null} while it can; until
 * then what is registered is served, and changes are refused
 */
public record RootRegistryStatistics(RegistrySize size, int suspects, long renewed, long lost, long refused,
		@Nullable String writeFailure) {
}
