package io.adaptive.internal.stream;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * Routes credit envelopes of the peer to the stream or to the connection. Violations of
 * the protocol end the connection.
 */
final class CreditRouter {

	private final ConnectionState connection;

	private final ConnectionCredit credit;

	CreditRouter(ConnectionState connection) {
		this.connection = connection;
		this.credit = connection.credit();
	}

	/**
	 * Routes an envelope.
	 * @param stream its stream, {@code null} if that is not open
	 */
	void received(@Nullable MultiplexedStream stream, Envelope.Credit envelope) {
		switch (envelope.purpose()) {
			case GRANT, GRANT_WAITING -> granted(stream, envelope);
			case REQUEST, REQUEST_CALL -> requested(stream, envelope);
			case RECALL -> this.credit.recalled(envelope.bytes());
			case RETURN -> {
				if (!this.credit.received().returned(envelope.bytes(), envelope.messages())) {
					refuse("more credit given back than was granted");
				}
			}
			case ANSWERS_TAKEN -> {
				if (stream != null && !stream.output().answersTaken(envelope.bytes())) {
					refuse("more answers to one-way messages taken than were sent");
				}
			}
		}
	}

	private void granted(@Nullable MultiplexedStream stream, Envelope.Credit grant) {
		boolean allowed = true;
		if (grant.purpose() == Envelope.Credit.Purpose.GRANT_WAITING && stream != null) {
			allowed = this.credit.grantedWaiting(stream.output().outbox(), grant.bytes(), grant.messages());
			this.credit.pump();
		}
		else if (grant.purpose() == Envelope.Credit.Purpose.GRANT_WAITING || grant.streamId() == 0) {
			allowed = this.credit.granted(grant.bytes(), grant.messages());
		}
		else if (stream != null) {
			allowed = stream.output().granted(grant.bytes());
		}
		if (!allowed) {
			refuse("more credit granted on stream %s than was taken".formatted(grant.streamId()));
		}
	}

	/**
	 * Handles a request, which may have overtaken the opening of its stream.
	 */
	private void requested(@Nullable MultiplexedStream stream, Envelope.Credit request) {
		boolean call = request.purpose() == Envelope.Credit.Purpose.REQUEST_CALL;
		int cost = Limits.cost(request.bytes());
		Request waiting = new Request(request.streamId(), cost, call, request.messages());
		if (cost > Limits.cost((int) this.connection.link().limits().maxMessage())) {
			refuse("credit requested for a message of %s bytes".formatted(cost));
		}
		else if (stream != null) {
			stream.input().requested(waiting);
		}
		else {
			this.credit.received().requested(waiting, false);
		}
	}

	private void refuse(String rule) {
		this.connection.link().refuse(rule);
	}

}
