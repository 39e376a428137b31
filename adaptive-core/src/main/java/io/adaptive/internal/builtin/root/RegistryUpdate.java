package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Update for a watcher. After an update with {@code complete}, incarnation and revision
 * are the position from which a watch can be resumed.
 *
 * @param incarnation the start of the registry
 * @param revision the last change that this update includes
 * @param fresh whether a snapshot begins, which replaces all nodes from before
 * @param complete whether this ends a snapshot, or belongs to none
 * @param settled whether the registry has run long enough for all nodes to register;
 * before, a missing node need not be gone
 * @param nodes nodes as of now; one without services no longer has matching ones
 */
@Message("adaptive.root-registry.update")
public record RegistryUpdate(long incarnation, long revision, boolean fresh, boolean complete, boolean settled,
		List<NodeServices> nodes) {
}
