package io.adaptive.benchmark.contestant;

/**
 * One connection to a server.
 */
public interface Connected extends AutoCloseable {

	/**
	 * Opens a stream.
	 * @return makes calls on it, for one thread
	 */
	Caller newCaller();

	/**
	 * Makes another connection to the same server, from the same event loops.
	 * @return the connection, which ends with this one
	 * @throws UnsupportedOperationException if this contestant is not measured with many
	 */
	default Connected another() {
		throw new UnsupportedOperationException("One connection only");
	}

	@Override
	void close();

}
