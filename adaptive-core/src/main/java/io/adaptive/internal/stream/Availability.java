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
 * Whether a connection takes new calls and streams, and the reason once it does not:
 * either side leaves, closes, or loses the link. For any number of threads.
 */
final class Availability {

	private static final ErrorInfo CLOSED_HERE = new ErrorInfo(ErrorCode.CANCELLED, "closed by this side");

	private final Link link;

	/** Why no new call may be sent: closed, lost, or the peer is leaving. */
	private volatile @Nullable ErrorInfo unavailable;

	private volatile Envelope.@Nullable GoAway peerLeaving;

	private volatile @Nullable ErrorInfo leaving;

	/** Messages that still wait get no handler. */
	private volatile boolean closedByService;

	private volatile Runnable whenOpened = () -> {
	};

	private final CompletableFuture<ErrorInfo> whenClosed = new CompletableFuture<>();

	Availability(Link link) {
		this.link = link;
	}

	/**
	 * Sets what is called once when the connection can be used.
	 */
	void onOpen(Runnable whenOpened) {
		this.whenOpened = whenOpened;
	}

	/**
	 * The link is at work.
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
	 * Tells whether one of the sides takes no new calls.
	 */
	boolean isLeaving() {
		return this.leaving != null || this.peerLeaving != null;
	}

	/**
	 * Refuses a new call or stream.
	 * @throws ConnectionLostException if the connection takes none
	 */
	void check() {
		ErrorInfo reason = this.unavailable;
		if (reason != null) {
			throw new Termination.Lost(this.link, reason, Delivery.NOT_SENT).toException();
		}
	}

	/**
	 * Closes the connection for the reason of its user.
	 */
	void close() {
		close(CLOSED_HERE);
	}

	/**
	 * Closes the connection after what was sent before has left, and tells the peer why.
	 * @param cause why, for both ends
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
			// The peer knows without being told.
		}
	}

	/**
	 * Closes the connection at once, since nothing reaches the peer any more.
	 */
	void breakOff(ErrorInfo cause) {
		this.unavailable = cause;
		this.link.breakOff(cause);
	}

	/**
	 * Closes the connection for a reason of the service, which is its origin.
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
	 * Returns where errors of this end come from, in words.
	 */
	String origin() {
		return this.link.service() + "@" + this.link.self();
	}

	/**
	 * Tells the peer that this side takes no more calls.
	 * @param calls takes no more calls from now on
	 */
	void leave(ErrorInfo cause, IncomingCalls calls) {
		this.leaving = cause;
		this.link.send(new Envelope.GoAway(calls.close(), cause));
	}

	/**
	 * The peer takes no more calls.
	 */
	void peerLeaves(Envelope.GoAway goAway) {
		this.peerLeaving = goAway;
		this.unavailable = goAway.cause();
	}

	/**
	 * Tells whether the peer drops a call.
	 * @return the end of the call, {@code null} if the peer takes it
	 */
	@Nullable Termination dropped(long callId) {
		Envelope.GoAway told = this.peerLeaving;
		return (told != null && callId > told.lastCallId())
				? new Termination.Lost(this.link, told.cause(), Delivery.NOT_PROCESSED) : null;
	}

	/**
	 * Takes no new calls or streams for a reason of the connection, unless there is a
	 * reason already.
	 */
	void end(String reason) {
		if (this.unavailable == null) {
			this.unavailable = new ErrorInfo(ErrorCode.UNAVAILABLE, reason);
		}
	}

	/**
	 * The link is gone.
	 * @return why, as far as this end knows: a peer that closes may have told why before
	 */
	ErrorInfo lost(ErrorInfo cause) {
		Envelope.GoAway told = this.peerLeaving;
		ErrorInfo known = (told != null && cause.equals(Link.CLOSED_BY_PEER)) ? told.cause() : cause;
		this.unavailable = known;
		return known;
	}

	/**
	 * The link is gone, and all that was open on it has ended.
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
