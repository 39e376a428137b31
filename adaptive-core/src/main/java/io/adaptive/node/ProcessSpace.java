package io.adaptive.node;

import io.adaptive.internal.node.CommonSpace;

/**
 * A process space: the registry of services in PROCESS scope. All nodes of a JVM share
 * one space by default; tests and second applications can have their own. Thread-safe.
 * <p>
 * The nodes of a space share event loops, the watch of each socket directory, the watch
 * of the machine's addresses, and the thread that prepares message types. These are made
 * for the first node and end with the last one. A {@link NodeHost} isolates its programs
 * by another space.
 */
public final class ProcessSpace {

	private static final ProcessSpace SHARED = new ProcessSpace();

	private final CommonSpace common = new CommonSpace();

	/**
	 * Returns the space of this JVM.
	 * @return the shared space
	 */
	public static ProcessSpace shared() {
		return SHARED;
	}

	CommonSpace common() {
		return this.common;
	}

}
