package io.adaptive.node;

import io.adaptive.internal.transport.ProcessTable;

/**
 * A process space: the registry of services in PROCESS scope. All nodes of a JVM share
 * one space by default; tests and second applications can have their own. Thread-safe.
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
