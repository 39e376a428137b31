package io.adaptive.internal.node;

import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.internal.transport.Shared;

/**
 * Common state of the nodes of a process.
 *
 * @param table their services of PROCESS scope
 * @param resources their threads and watches
 */
public record CommonSpace(ProcessTable table, Shared<SharedResources> resources) {

	/**
	 * Creates a space without nodes.
	 */
	public CommonSpace() {
		this(new ProcessTable(), SharedResources.counted());
	}

}
