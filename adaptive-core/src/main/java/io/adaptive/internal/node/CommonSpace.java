package io.adaptive.internal.node;

import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.internal.transport.Shared;

/**
 * What the nodes of a process space have in common.
 *
 * @param table their services of PROCESS scope
 * @param resources their threads and watches
 */
public record CommonSpace(ProcessTable table, Shared<SharedResources> resources) {

	/**
	 * Makes a space without nodes.
	 */
	public CommonSpace() {
		this(new ProcessTable(), SharedResources.counted());
	}

}
