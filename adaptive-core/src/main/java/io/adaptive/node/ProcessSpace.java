package io.adaptive.node;

import io.adaptive.internal.transport.ProcessTable;

/**
 * Where services of PROCESS scope meet. One space is shared by all nodes of a JVM that
 * are not given another; tests and second applications may have their own. Safe for use
 * by many threads.
 */
public final class ProcessSpace {

	private static final ProcessSpace SHARED = new ProcessSpace();

	private final ProcessTable table = new ProcessTable();

	/**
	 * Returns the space of this JVM.
	 * @return the shared space
	 */
	public static ProcessSpace shared() {
		return SHARED;
	}

	ProcessTable table() {
		return this.table;
	}

}
