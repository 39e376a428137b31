package io.adaptive.status;

import org.jspecify.annotations.Nullable;

/**
 * The statistics of a root registry.
 *
 * @param size the current size
 * @param suspects the number of nodes that were lost together with most others and are
 * kept for now
 * @param renewed the number of lease renewals since the registry started
 * @param lost the number of nodes that disappeared without unregistering since the
 * registry started
 * @param refused the number of refused requests since the registry started
 * @param writeFailure the reason why the journal cannot be written, {@code null} while it
 * can; during a write failure the registry answers queries and refuses changes
 */
public record RootRegistryStatistics(RegistrySize size, int suspects, long renewed, long lost, long refused,
		@Nullable String writeFailure) {
}
