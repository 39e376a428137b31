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
 * One end of a connection that carries envelopes. Envelopes that one thread sends arrive
 * in the order they were sent.
 */
public interface Link {

	/** The cause at the end that did not close the link itself. */
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
	 * Returns how near the other end is.
	 * @return the scope in which the opener found the service; LAN over TCP if it was
	 * given the address
	 */
	Scope scope();

	/**
	 * Returns where the accepting end was reached.
	 * @return the endpoint
	 */
	Endpoint endpoint();

	/**
	 * Returns the address that the peer has as seen from this end.
	 * @return the address, {@code null} where connections have none, which is all but TCP
	 */
	default @Nullable InetSocketAddress peerAddress() {
		return null;
	}

	/**
	 * Returns the address of this machine from which the link reaches the peer.
	 * @return the address, {@code null} where connections have none, which is all but TCP
	 */
	default @Nullable InetAddress ownAddress() {
		return null;
	}

	/**
	 * Returns what counts for this end's node.
	 * @return the numbers of the link's scope; nobody's, where nobody counts
	 */
	default ScopeTraffic traffic() {
		return new ScopeTraffic();
	}

	/**
	 * Returns what this end accepts.
	 * @return the limits
	 */
	Limits limits();

	/**
	 * Returns how much this end keeps for senders that do not wait.
	 * @return the limits
	 */
	default PendingLimits pendingLimits() {
		return PendingLimits.DEFAULT;
	}

	/**
	 * Returns what the peer accepts.
	 * @return the limits
	 */
	Limits peerLimits();

	/**
	 * Makes an object the payload of an envelope for this link.
	 * @param message the message
	 * @return the payload; whether it is encoded now or when it is prepared is the link's
	 * choice
	 * @throws io.adaptive.message.MessageTooLargeException if the peer does not accept it
	 * @throws io.adaptive.message.MessageCodecException if it cannot be encoded
	 */
	default Payload payload(Object message) {
		return new ReferencePayload(message);
	}

	/**
	 * Returns whether an event loop may make a message the payload of an envelope.
	 * @param message the message
	 * @return whether no code has to be generated for it; always where nothing is encoded
	 */
	default boolean isReady(Object message) {
		return true;
	}

	/**
	 * Encodes an envelope on the calling thread, without sending it yet.
	 * @param envelope the envelope
	 * @return the envelope, to be sent or discarded by the caller
	 * @throws io.adaptive.message.ConnectionLostException if the link is closed
	 * @throws io.adaptive.message.MessageTooLargeException if the peer does not accept it
	 * @throws io.adaptive.message.MessageCodecException if it cannot be encoded
	 */
	PreparedEnvelope prepare(Envelope envelope);

	/**
	 * Sends an envelope from any thread, without ever blocking.
	 * @param envelope the envelope
	 * @throws io.adaptive.message.ConnectionLostException if the link is closed; the
	 * envelope was not sent
	 * @throws io.adaptive.message.MessageTooLargeException if the peer does not accept it
	 * @throws io.adaptive.message.MessageCodecException if it cannot be encoded
	 */
	default void send(Envelope envelope) {
		prepare(envelope).send();
	}

	/**
	 * Ends the link because the peer broke the protocol, and tells it so.
	 * @param rule which rule was broken
	 */
	void refuse(String rule);

	/**
	 * Returns whether envelopes can be sent.
	 * @return {@code false} from the moment that either end has ended the link
	 */
	boolean isOpen();

	/**
	 * Closes the link after what was sent before has left. Closing twice does nothing.
	 * @param cause why; the local receiver's {@code closed} gets it, that of the peer
	 * gets {@link #CLOSED_BY_PEER}
	 */
	void close(ErrorInfo cause);

	/**
	 * Closes the link at once, since nothing reaches the peer any more. Closing twice
	 * does nothing.
	 * @param cause why; the local receiver's {@code closed} gets it
	 */
	default void breakOff(ErrorInfo cause) {
		close(cause);
	}

	/**
	 * Returns whether the calling thread is one that moves this link's bytes and must not
	 * wait for anything.
	 * @return whether waiting is forbidden
	 */
	boolean isEventLoop();

	/**
	 * An envelope that is ready to leave.
	 */
	interface PreparedEnvelope {

		/**
		 * Returns how large the payload is.
		 * @return its encoded size in bytes, 0 if it needs no encoding
		 */
		int size();

		/**
		 * Sends it, without ever blocking.
		 * @throws io.adaptive.message.ConnectionLostException if the link is closed; the
		 * envelope was not sent
		 */
		void send();

		/**
		 * Gives it up.
		 */
		void discard();

	}

	/**
	 * What an end does with what arrives. Calls come one at a time from the event loop,
	 * or within a process from the sending threads, many at a time; they must not block.
	 */
	interface Receiver {

		/**
		 * Decides, if need be later, whether the link is accepted. Asked once, before
		 * {@link #opened()}, at the accepting end only.
		 * @return completes on any thread: normally to open the link, exceptionally with
		 * a {@link io.adaptive.message.ConnectionRefusedException} to refuse it, after
		 * which the receiver is told that it is {@linkplain #closed closed}; {@code null}
		 * to open it at once
		 */
		default @Nullable CompletionStage<?> admission() {
			return null;
		}

		/**
		 * The link is at work. Called once, before anything is received.
		 */
		default void opened() {
		}

		/**
		 * Returns how much of the messages may have arrived that are not complete. Called
		 * by the thread that receives.
		 * @return the limit of this moment, in bytes
		 */
		default long maxIncomplete() {
			return Long.MAX_VALUE;
		}

		/**
		 * An envelope arrived.
		 * @param envelope the envelope
		 */
		void received(Envelope envelope);

		/**
		 * The link is gone. Called exactly once, after which nothing is received but,
		 * within a process, what another thread had begun to send before.
		 * @param cause why
		 */
		void closed(ErrorInfo cause);

	}

}
