package io.adaptive.internal.registry;

import java.util.List;

/**
 * Update for a watcher.
 *
 * @param position the position from which the watcher can resume after this update and
 * all before it
 * @param fresh whether this begins a snapshot
 * @param complete whether this ends a snapshot, or belongs to none
 * @param settled whether the registry has run long enough for all nodes to register, so
 * that a missing node is gone
 * @param nodes nodes with their matching services as of now; a node without services is
 * gone
 */
public record Update(Position position, boolean fresh, boolean complete, boolean settled, List<Registration> nodes) {
}
