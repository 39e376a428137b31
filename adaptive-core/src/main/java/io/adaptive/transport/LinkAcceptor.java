package io.adaptive.transport;

/**
 * Decides on a new link, at either end.
 */
@FunctionalInterface
public interface LinkAcceptor {

	/**
	 * Accepts a link whose handshake is complete.
	 * @param link the link; it can send as soon as this method has returned
	 * @return what receives its envelopes
	 * @throws io.adaptive.message.ConnectionRefusedException to refuse it; the peer is
	 * told why
	 */
	Link.Receiver accept(Link link);

}
