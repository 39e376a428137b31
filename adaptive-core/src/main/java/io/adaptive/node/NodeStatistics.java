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
 * The statistics of a node: current values, and totals since its start. The values are
 * read one after the other, so that sums can be inconsistent.
 *
 * @param workers the statistics of the worker pool
 * @param queue the statistics of the queue of the worker pool
 * @param traffic the traffic of connections, by scope
 * @param lookups the lookups of services
 * @param leases the leases at root registries
 * @param rootRegistry the root registry of the node, empty if it is none
 * @param relaying the reverse proxy of the node, empty if it is none
 * @param tracing the statistics of message tracing
 */
public record NodeStatistics(WorkerStatistics workers, QueueStatistics queue, Map<Scope, TrafficStatistics> traffic,
		LookupStatistics lookups, LeaseStatistics leases, Optional<RootRegistryStatistics> rootRegistry,
		Optional<RelayingStatistics> relaying, TracingStatistics tracing) {
}
