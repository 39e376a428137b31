package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Network that carries the datagrams. Tests implement it to lose, delay and repeat them.
 * It is called by one thread at a time and never blocks; a datagram that cannot be sent
 * is lost.
 */
interface DatagramNetwork {

	/**
	 * Returns the number of outlets for broadcasts: one for each interface and version of
	 * IP.
	 */
	int outlets();

	/**
	 * Broadcasts a datagram through one outlet.
	 * @param outlet the outlet, from 0; one that has gone in the meantime is ignored
	 * @param datagram the bytes
	 */
	void broadcast(int outlet, byte[] datagram);

	/**
	 * Sends a datagram to one program.
	 * @param datagram the bytes
	 * @param to the address of the program
	 * @param fromSharedPort whether the receiver expects it to come from the port that
	 * all programs share
	 */
	void send(byte[] datagram, InetSocketAddress to, boolean fromSharedPort);

	/**
	 * Returns the seeds that have a known address.
	 */
	List<InetSocketAddress> seeds();

	/**
	 * Returns the addresses of the interfaces in use.
	 */
	List<InetAddress> addresses();

	/**
	 * Returns whether an address belongs to this machine.
	 */
	boolean isOwn(InetAddress address);

	/**
	 * Returns whether datagrams from an address arrive through an interface that is
	 * excluded by the settings.
	 */
	boolean isExcluded(InetAddress address);

	/**
	 * Socket that received a datagram.
	 */
	enum Inlet {

		/** The socket that all programs of the machine share. */
		SHARED,

		/** A socket of this node alone. */
		PRIVATE

	}

}
