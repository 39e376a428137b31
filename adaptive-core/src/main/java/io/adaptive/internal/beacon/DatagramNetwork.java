package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What datagrams go through; the seam at which tests lose, delay and repeat them. Called
 * by one thread at a time, never blocks, and what cannot be sent is lost.
 */
interface DatagramNetwork {

	/**
	 * Returns how many ways there are to reach everybody: one for each interface and
	 * version of IP.
	 */
	int outlets();

	/**
	 * Sends to everybody.
	 * @param outlet from 0; one that is gone meanwhile is passed over
	 * @param datagram the bytes
	 */
	void broadcast(int outlet, byte[] datagram);

	/**
	 * Sends to one program.
	 * @param datagram the bytes
	 * @param to where to
	 * @param fromSharedPort whether the receiver expects it to come from the port that
	 * all programs share
	 */
	void send(byte[] datagram, InetSocketAddress to, boolean fromSharedPort);

	/**
	 * Returns the seeds of which an address is known.
	 */
	List<InetSocketAddress> seeds();

	/**
	 * Returns the addresses of the interfaces that are used.
	 */
	List<InetAddress> addresses();

	/**
	 * Tells whether an address is one of this machine.
	 */
	boolean isOwn(InetAddress address);

	/**
	 * Tells whether what comes from an address came by an interface that is not to be
	 * used.
	 */
	boolean isExcluded(InetAddress address);

	/**
	 * Which socket a datagram came to.
	 */
	enum Inlet {

		/** The one that all programs of the machine share. */
		SHARED,

		/** One of this node alone. */
		PRIVATE

	}

}
