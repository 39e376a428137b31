package io.adaptive.test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * With which messages one connection is to be lost.
 */
final class Losses {

	private final Function<String, @Nullable Moment> take;

	/** The calls whose answers are waited for, and the streams of one-way messages. */
	private final Set<Answer> answers = ConcurrentHashMap.newKeySet();

	private final Set<Envelope> oneWay = ConcurrentHashMap.newKeySet();

	/**
	 * Makes the losses of a connection.
	 * @param take takes what is to happen with a message of a type
	 */
	Losses(Function<String, @Nullable Moment> take) {
		this.take = take;
	}

	/**
	 * Returns whether the connection is lost before a message arrives.
	 */
	boolean isLostBefore(Envelope envelope) {
		if (!(envelope instanceof Envelope.Message message)) {
			return false;
		}
		Moment moment = this.take.apply(message.payload().typeName());
		if (moment == Moment.BEFORE_ANSWER) {
			if (message.callId() != 0) {
				this.answers.add(new Answer(message.streamId(), message.callId()));
			}
			else {
				this.oneWay.add(envelope);
			}
		}
		return moment == Moment.BEFORE_ARRIVAL;
	}

	/**
	 * Returns whether the connection is lost now that a message has arrived that nobody
	 * answers.
	 */
	boolean isLostAfter(Envelope envelope) {
		return !this.oneWay.isEmpty() && this.oneWay.remove(envelope);
	}

	/**
	 * Returns whether the connection is lost instead of delivering an answer.
	 */
	boolean isLostWith(Envelope envelope) {
		if (this.answers.isEmpty()) {
			return false;
		}
		if (envelope instanceof Envelope.Reply reply) {
			return this.answers.remove(new Answer(reply.streamId(), reply.callId()));
		}
		if (envelope instanceof Envelope.Failure failure) {
			return this.answers.remove(new Answer(failure.streamId(), failure.callId()));
		}
		return false;
	}

	/**
	 * When a connection is lost.
	 */
	enum Moment {

		/** The message does not arrive. */
		BEFORE_ARRIVAL,

		/** The message arrives, its answer does not. */
		BEFORE_ANSWER

	}

	private record Answer(int streamId, long callId) {
	}

}
