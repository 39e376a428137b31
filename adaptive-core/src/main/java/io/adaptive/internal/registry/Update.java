package io.adaptive.internal.registry;

import java.util.List;

/**
 * What a watcher is told.
 *
 * @param position from where the watcher can resume once it has seen this, and all before
 * @param fresh whether this begins a snapshot
 * @param complete whether nothing of a snapshot is missing any more
 * @param settled whether the registry runs long enough for all nodes to have found it, so
 * that what is missing is gone
 * @param nodes nodes with the services looked for, as they are now; none of them if it
 * has gone
 */
public record Update(Position position, boolean fresh, boolean complete, boolean settled, List<Registration> nodes) {
}
