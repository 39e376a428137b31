package io.adaptive.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import org.jspecify.annotations.Nullable;

/**
 * The state of a connection for new calls and streams, with the reason once it takes
 * none: one of the sides leaves, closes, or loses the link. Thread-safe.
 */
final class Availability {

	private static final ErrorInfo CLOSED_HERE = new ErrorInfo(ErrorCode.CANCELLED, "closed by this side");

	private final Link link;

	/**
	 * The reason for which no new call may be sent: closed, lost, or the peer is leaving.
	 */
	private volatile @Nullable ErrorInfo unavailable;

	private volatile Envelope.@Nullable GoAway peerLeaving;

	private volatile @Nullable ErrorInfo leaving;

	/**
	 * Whether the service closed the connection, so that waiting messages get no handler.
	 */
	private volatile boolean closedByService;

	private volatile Runnable whenOpened = () -> {
	};

	private final CompletableFuture<ErrorInfo> whenClosed = new CompletableFuture<>();

	Availability(Link link) {
		this.link = link;
	}

	/**
	 * Sets the callback for the opening of the connection, called once.
	 */
	void onOpen(Runnable whenOpened) {
		this.whenOpened = whenOpened;
	}

	/**
	 * Called when the link is open.
	 */
	void opened() {
		this.whenOpened.run();
	}

	boolean isOpen() {
		return isAvailable() && this.link.isOpen();
	}

	boolean isAvailable() {
		return this.unavailable == null;
	}

	/**
	 * Returns whether one of the sides takes no new calls.
	 */
	boolean isLeaving() {
		return this.leaving != null || this.peerLeaving != null;
	}

	/**
	 * Checks that the connection takes new calls and streams.
	 * @throws ConnectionLostException if it takes none
	 */
	void check() {
		ErrorInfo reason = this.unavailable;
		if (reason != null) {
			throw new Termination.Lost(this.link, reason, Delivery.NOT_SENT).toException();
		}
	}

	/**
	 * Closes the connection on behalf of its user.
	 */
	void close() {
		close(CLOSED_HERE);
	}

	/**
	 * Closes the connection after everything sent before has left, and sends the cause to
	 * the peer.
	 * @param cause the cause for both ends
	 */
	void close(ErrorInfo cause) {
		if (this.link.isOpen() && !cause.equals(this.leaving) && !cause.equals(CLOSED_HERE)) {
			tell(new Envelope.GoAway(Long.MAX_VALUE, cause));
		}
		this.unavailable = cause;
		this.link.close(cause);
	}

	private void tell(Envelope.GoAway goAway) {
		try {
			this.link.send(goAway);
		}
		catch (ConnectionLostException ex) {
			// The connection is lost, so the peer needs no notice.
		}
	}

	/**
	 * Closes the connection at once, without sending to the peer, which is unreachable.
	 */
	void breakOff(ErrorInfo cause) {
		this.unavailable = cause;
		this.link.breakOff(cause);
	}

	/**
	 * Closes the connection on behalf of the service, with this end as the origin of the
	 * error.
	 */
	void closeForService(ErrorInfo reason) {
		this.closedByService = true;
		close(new ErrorInfo(reason.code(), reason.message(), reason.type(), origin(), reason.delivery(),
				reason.retryAfter()));
	}

	boolean isClosedByService() {
		return this.closedByService;
	}

	/**
	 * Returns the origin of errors of this end, as text.
	 */
	String origin() {
		return this.link.service() + "@" + this.link.self();
	}

	/**
	 * Sends the peer that this side takes no more calls.
	 * @param calls the calls of the peer, which accept none from then on
	 */
	void leave(ErrorInfo cause, IncomingCalls calls) {
		this.leaving = cause;
		this.link.send(new Envelope.GoAway(calls.close(), cause));
	}

	/**
	 * Notes that the peer takes no more calls.
	 */
	void peerLeaves(Envelope.GoAway goAway) {
		this.peerLeaving = goAway;
		this.unavailable = goAway.cause();
	}

	/**
	 * Returns whether the peer drops a call.
	 * @return the end of the call, {@code null} if the peer takes it
	 */
	@Nullable Termination dropped(long callId) {
		Envelope.GoAway told = this.peerLeaving;
		return (told != null && callId > told.lastCallId())
				? new Termination.Lost(this.link, told.cause(), Delivery.NOT_PROCESSED) : null;
	}

	/**
	 * Stops taking new calls and streams, unless there is a reason already.
	 */
	void end(String reason) {
		if (this.unavailable == null) {
			this.unavailable = new ErrorInfo(ErrorCode.UNAVAILABLE, reason);
		}
	}

	/**
	 * Notes that the link is lost.
	 * @return the cause: that of a leaving peer if the peer then closed the link
	 */
	ErrorInfo lost(ErrorInfo cause) {
		Envelope.GoAway told = this.peerLeaving;
		ErrorInfo known = (told != null && cause.equals(Link.CLOSED_BY_PEER)) ? told.cause() : cause;
		this.unavailable = known;
		return known;
	}

	/**
	 * Notes that the link is lost and all streams and calls on it have ended.
	 */
	void closed(ErrorInfo cause) {
		this.whenClosed.complete(cause);
	}

	CompletionStage<ErrorInfo> whenClosed() {
		return this.whenClosed;
	}

	boolean hasEnded() {
		return this.whenClosed.isDone();
	}

}
