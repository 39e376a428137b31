package io.adaptive.client;

/**
 * A watch whose listener is told of changes, until it is closed.
 */
@FunctionalInterface
public interface Watch extends AutoCloseable {

	/**
	 * Ends the watch. Closing twice does nothing. A call of the listener that is under
	 * way goes on.
	 */
	@Override
	void close();

}
