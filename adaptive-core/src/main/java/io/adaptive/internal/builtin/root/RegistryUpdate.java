package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * What a watcher is told. Incarnation and revision are the position from which a watch
 * can be resumed, once {@code complete} came.
 *
 * @param incarnation which start of which registry
 * @param revision up to which change this tells all
 * @param fresh whether a snapshot begins: what was known before is replaced
 * @param complete whether nothing of a snapshot is missing any more
 * @param settled whether the registry has run long enough for all nodes to have found it;
 * until then a node that is missing need not be gone
 * @param nodes nodes as they are now; one without services offers none of those looked
 * for any more
 */
@Message("adaptive.root-registry.update")
public record RegistryUpdate(long incarnation, long revision, boolean fresh, boolean complete, boolean settled,
		List<NodeServices> nodes) {
}
