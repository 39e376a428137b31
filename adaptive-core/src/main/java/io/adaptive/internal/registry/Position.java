package io.adaptive.internal.registry;

/**
 * How far a watcher has come in the changes of a registry. A position of another
 * incarnation means nothing.
 *
 * @param incarnation which start of which registry
 * @param revision the last change that the watcher has seen
 */
public record Position(long incarnation, long revision) {

	/** Has seen nothing. */
	public static final Position NONE = new Position(0, 0);

}
