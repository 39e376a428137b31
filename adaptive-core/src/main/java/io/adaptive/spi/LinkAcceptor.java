package io.adaptive.spi;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;

/**
 * Decides on a new link, at either end.
 */
@FunctionalInterface
public interface LinkAcceptor {

	/**
	 * Accepts a link whose handshake is complete.
	 * @param link the link; it can send once its receiver is told that it is open
	 * @return what receives its envelopes
	 * @throws ConnectionRefusedException to refuse it; the peer is told why
	 */
	Link.Receiver accept(Link link);

	/**
	 * Returns whether links that are opened for this acceptor carry bytes instead of
	 * envelopes.
	 * @return whether; otherwise {@link #acceptRaw} decides on links of openers only
	 */
	default boolean opensRaw() {
		return false;
	}

	/**
	 * Accepts a link whose opener wants it to carry bytes.
	 * @param link tells where it leads, and can do nothing else
	 * @return what gets the connection
	 * @throws ConnectionRefusedException to refuse it, which is usual; the peer is told
	 * why
	 */
	default RawReceiver acceptRaw(Link link) {
		throw new ConnectionRefusedException(ErrorCode.UNIMPLEMENTED,
				"service %s takes no raw connections".formatted(link.service()));
	}

}
