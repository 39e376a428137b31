package io.adaptive.benchmark.contestant;

/**
 * Something that carries a request to a handler and its reply back.
 */
public interface Contestant {

	/**
	 * Returns the name it has in tables and on the command line.
	 * @return the name, without spaces
	 */
	String name();

	/**
	 * Tells whether this contestant can be measured here.
	 * @param transport the transport
	 * @return {@code false} if it has no such transport, or this Java not what it needs
	 */
	boolean runsOn(Transport transport);

	/**
	 * Starts a server. Its handler replies as many bytes as it is asked for.
	 * @param place where
	 * @return the server, to be closed by the caller
	 */
	Served serve(Place place);

	/**
	 * Tells whether a third process stands between client and server.
	 * @return by default not
	 */
	default boolean isRelayed() {
		return false;
	}

	/**
	 * Starts what stands between. The server is then told its place instead of its own.
	 * @param place where
	 * @return the relay, to be closed by the caller
	 */
	default Served relay(Place place) {
		throw new UnsupportedOperationException(name() + " is not relayed");
	}

	/**
	 * Makes one connection to a server.
	 * @param place where it is
	 * @return the connection, to be closed by the caller
	 */
	Connected connect(Place place);

}
