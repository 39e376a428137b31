package io.adaptive.client;

/**
 * A watch with a listener, which is notified of changes until the watch is closed.
 */
@FunctionalInterface
public interface Watch extends AutoCloseable {

	/**
	 * Closes the watch. Closing it again has no effect. A running call of the listener is
	 * not interrupted.
	 */
	@Override
	void close();

}
