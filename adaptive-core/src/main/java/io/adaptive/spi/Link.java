package io.adaptive.spi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;
import io.adaptive.settings.PendingLimits;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection that transfers envelopes. Envelopes sent by one thread are
 * received in the order of sending.
 */
public interface Link {

	/** The cause at the end whose peer closed the link. */
	ErrorInfo CLOSED_BY_PEER = new ErrorInfo(ErrorCode.UNAVAILABLE, "the peer closed the connection");

	/**
	 * Returns the service that the link was opened for.
	 * @return the service
	 */
	ServiceName service();

	/**
	 * Returns the node at this end.
	 * @return this node
	 */
	Instance self();

	/**
	 * Returns the node at the other end.
	 * @return the peer
	 */
	Instance peer();

	/**
	 * Returns the scope of the link.
	 * @return the scope in which the opener found the service; LAN over TCP if the opener
	 * used an address
	 */
	Scope scope();

	/**
	 * Returns the endpoint of the accepting end.
	 * @return the endpoint
	 */
	Endpoint endpoint();

	/**
	 * Returns the address of the peer, as seen from this end.
	 * @return the address, {@code null} for links other than TCP
	 */
	default @Nullable InetSocketAddress peerAddress() {
		return null;
	}

	/**
	 * Returns the local address of the link.
	 * @return the address, {@code null} for links other than TCP
	 */
	default @Nullable InetAddress ownAddress() {
		return null;
	}

	/**
	 * Returns the traffic counters of the node at this end.
	 * @return the counters for the scope of the link; unused counters if traffic is not
	 * counted
	 */
	default ScopeTraffic traffic() {
		return new ScopeTraffic();
	}

	/**
	 * Returns the limits of messages that this end accepts.
	 * @return the limits
	 */
	Limits limits();

	/**
	 * Returns the limits of pending messages at this end.
	 * @return the limits
	 */
	default PendingLimits pendingLimits() {
		return PendingLimits.DEFAULT;
	}

	/**
	 * Returns the limits of messages that the peer accepts.
	 * @return the limits
	 */
	Limits peerLimits();

	/**
	 * Returns the payload of a message for this link.
	 * @param message the message
	 * @return the payload; the link decides whether it is encoded now or when its
	 * envelope is prepared
	 * @throws io.adaptive.message.MessageTooLargeException if the message is larger than
	 * the peer accepts
	 * @throws io.adaptive.message.MessageCodecException if the message cannot be encoded
	 */
	default Payload payload(Object message) {
		return new ReferencePayload(message);
	}

	/**
	 * Returns whether an event loop may call {@link #payload} for a message.
	 * @param message the message
	 * @return {@code true} if no codec code has to be generated; always {@code true} for
	 * a link that does not encode
	 */
	default boolean isReady(Object message) {
		return true;
	}

	/**
	 * Encodes an envelope on the calling thread, without sending it.
	 * @param envelope the envelope
	 * @return the prepared envelope, to be sent or discarded by the caller
	 * @throws io.adaptive.message.ConnectionLostException if the link is closed
	 * @throws io.adaptive.message.MessageTooLargeException if the message is larger than
	 * the peer accepts
	 * @throws io.adaptive.message.MessageCodecException if the message cannot be encoded
	 */
	PreparedEnvelope prepare(Envelope envelope);

	/**
	 * Sends an envelope. Callable by any thread; never blocks.
	 * @param envelope the envelope
	 * @throws io.adaptive.message.ConnectionLostException if the link is closed; the
	 * envelope was not sent
	 * @throws io.adaptive.message.MessageTooLargeException if the message is larger than
	 * the peer accepts
	 * @throws io.adaptive.message.MessageCodecException if the message cannot be encoded
	 */
	default void send(Envelope envelope) {
		prepare(envelope).send();
	}

	/**
	 * Closes the link because the peer violated the protocol, and reports the violation
	 * to the peer.
	 * @param rule the violated rule
	 */
	void refuse(String rule);

	/**
	 * Returns whether envelopes can be sent.
	 * @return {@code false} as soon as either end has closed the link
	 */
	boolean isOpen();

	/**
	 * Closes the link after the envelopes sent before were written. Closing again has no
	 * effect.
	 * @param cause the reason, which is passed to {@link Receiver#closed} at this end;
	 * the peer gets {@link #CLOSED_BY_PEER}
	 */
	void close(ErrorInfo cause);

	/**
	 * Closes the link immediately, for a peer that is unreachable. Closing again has no
	 * effect.
	 * @param cause the reason, which is passed to {@link Receiver#closed} at this end
	 */
	default void breakOff(ErrorInfo cause) {
		close(cause);
	}

	/**
	 * Returns whether the calling thread is an event loop of this link, which must not
	 * block.
	 * @return {@code true} on an event loop
	 */
	boolean isEventLoop();

	/**
	 * An envelope that is ready to be sent.
	 */
	interface PreparedEnvelope {

		/**
		 * Returns the size of the payload.
		 * @return the encoded size in bytes, 0 if the payload is not encoded
		 */
		int size();

		/**
		 * Sends the envelope. Never blocks.
		 * @throws io.adaptive.message.ConnectionLostException if the link is closed; the
		 * envelope was not sent
		 */
		void send();

		/**
		 * Discards the envelope and releases its resources.
		 */
		void discard();

	}

	/**
	 * The receiver of the envelopes of one end. Over sockets it is called by the event
	 * loop, one call at a time; within a process by the sending threads, concurrently.
	 * Implementations must not block.
	 */
	interface Receiver {

		/**
		 * Decides whether the link is accepted, possibly asynchronously. Called once,
		 * before {@link #opened()}, at the accepting end only.
		 * @return completes on any thread: normally to open the link, or exceptionally
		 * with a {@link io.adaptive.message.ConnectionRefusedException} to refuse it,
		 * after which {@link #closed} is called; {@code null} opens the link at once
		 */
		default @Nullable CompletionStage<?> admission() {
			return null;
		}

		/**
		 * Called once when the link is open, before the first envelope is received.
		 */
		default void opened() {
		}

		/**
		 * Returns the limit of the bytes received of incomplete messages. Called by the
		 * receiving thread.
		 * @return the current limit, in bytes
		 */
		default long maxIncomplete() {
			return Long.MAX_VALUE;
		}

		/**
		 * Called when an envelope was received.
		 * @param envelope the envelope
		 */
		void received(Envelope envelope);

		/**
		 * Called exactly once when the link is closed. Afterwards nothing is received,
		 * except within a process an envelope that another thread had begun to send
		 * before.
		 * @param cause the reason
		 */
		void closed(ErrorInfo cause);

	}

}
