package io.adaptive.internal.registry;

/**
 * Position of a watcher in the changes of a registry. Valid for one incarnation only.
 *
 * @param incarnation the start of the registry that made the changes
 * @param revision the last change that the watcher has received
 */
public record Position(long incarnation, long revision) {

	/** Position of a watcher without any update. */
	public static final Position NONE = new Position(0, 0);

}
