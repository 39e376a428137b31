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
	 * Makes one connection to a server.
	 * @param place where it is
	 * @return the connection, to be closed by the caller
	 */
	Connected connect(Place place);

}
