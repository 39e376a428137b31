package io.adaptive.node;

import java.util.Map;
import java.util.Optional;

import io.adaptive.message.Scope;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.status.LeaseStatistics;
import io.adaptive.status.LookupStatistics;
import io.adaptive.status.QueueStatistics;
import io.adaptive.status.RelayingStatistics;
import io.adaptive.status.RootRegistryStatistics;
import io.adaptive.status.TracingStatistics;
import io.adaptive.status.TrafficStatistics;

/**
 * The numbers of a node: what there is at this moment, and what has happened since it
 * started. They are read one after the other, so that sums may be off by what happens
 * meanwhile.
 *
 * @param workers its workers
 * @param queue the queue in front of them
 * @param traffic what goes through its connections, for every scope
 * @param lookups what it looks for
 * @param leases how it is registered with root registries
 * @param rootRegistry the root registry that it is, empty if it is none
 * @param relaying the reverse proxy that it is, empty if it is none
 * @param tracing what it knows of traced conversations
 */
public record NodeStatistics(WorkerStatistics workers, QueueStatistics queue, Map<Scope, TrafficStatistics> traffic,
		LookupStatistics lookups, LeaseStatistics leases, Optional<RootRegistryStatistics> rootRegistry,
		Optional<RelayingStatistics> relaying, TracingStatistics tracing) {
}
