package io.adaptive.transport;

/**
 * Decides on a new link, at either end.
 */
@FunctionalInterface
public interface LinkAcceptor {

	/**
	 * Accepts a link whose handshake is complete.
	 * @param link the link; it can send once its receiver is told that it is open
	 * @return what receives its envelopes
	 * @throws io.adaptive.message.ConnectionRefusedException to refuse it; the peer is
	 * told why
	 */
	Link.Receiver accept(Link link);

}
