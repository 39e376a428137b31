package io.adaptive.spi;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;

/**
 * An acceptor of new links, at either end.
 */
@FunctionalInterface
public interface LinkAcceptor {

	/**
	 * Accepts a link whose handshake is complete.
	 * @param link the link, which can send after {@link Link.Receiver#opened()} was
	 * called
	 * @return the receiver of its envelopes
	 * @throws ConnectionRefusedException to refuse the link; the reason is sent to the
	 * peer
	 */
	Link.Receiver accept(Link link);

	/**
	 * Returns whether links opened for this acceptor are raw and carry bytes instead of
	 * envelopes.
	 * @return {@code true} for raw links; if {@code false}, {@link #acceptRaw} is called
	 * only at the accepting end
	 */
	default boolean opensRaw() {
		return false;
	}

	/**
	 * Accepts a raw link. The default refuses it.
	 * @param link a description of the link, which cannot send
	 * @return the receiver of the raw connection
	 * @throws ConnectionRefusedException to refuse the link; the reason is sent to the
	 * peer
	 */
	default RawReceiver acceptRaw(Link link) {
		throw new ConnectionRefusedException(ErrorCode.UNIMPLEMENTED,
				"service %s takes no raw connections".formatted(link.service()));
	}

}
