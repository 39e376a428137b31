package io.adaptive.internal.trace;

import io.adaptive.trace.TraceRecord;
import org.jspecify.annotations.Nullable;

/**
 * One message of a trace, with what came back for it, and how far it has been told.
 */
final class Hop {

	/** The hop of the message whose handling sent it, 0 where that is not known. */
	private long parent;

	private @Nullable TraceRecord sent;

	private @Nullable TraceRecord handled;

	private @Nullable TraceRecord answered;

	private @Nullable TraceRecord received;

	private int answers;

	private boolean toldSent;

	private boolean toldHandled;

	private int toldAnswers;

	private int toldReceived;

	/**
	 * Learns of an event.
	 */
	void know(TraceRecord record) {
		if (this.parent == 0) {
			this.parent = record.parentHop();
		}
		switch (record.event()) {
			case CLIENT_SEND -> this.sent = record;
			case HANDLER -> this.handled = record;
			case SERVER_SEND -> {
				this.answered = record;
				this.answers++;
			}
			case CLIENT_RECV -> this.received = record;
		}
	}

	long parent() {
		return this.parent;
	}

	@Nullable TraceRecord sent() {
		return this.sent;
	}

	@Nullable TraceRecord handled() {
		return this.handled;
	}

	@Nullable TraceRecord answered() {
		return this.answered;
	}

	@Nullable TraceRecord received() {
		return this.received;
	}

	/**
	 * Tells whether it was sent by a service of its own accord, to who listens.
	 */
	boolean isPush() {
		return this.sent == null && this.handled == null;
	}

	/**
	 * Tells whether something came back, or was waited for.
	 */
	boolean isAnswered() {
		return this.answered != null || this.received != null;
	}

	/**
	 * Tells whether all is told that has to happen before whatever is done about the
	 * message.
	 */
	boolean isBegun() {
		return (this.sent == null || this.toldSent) && (this.handled == null || this.toldHandled);
	}

	/**
	 * Tells whether all is told that has to happen before an event of this message.
	 */
	boolean isReady(TraceRecord record) {
		boolean left = this.sent == null || this.toldSent;
		return switch (record.event()) {
			case CLIENT_SEND -> true;
			case HANDLER -> left;
			case SERVER_SEND -> isBegun();
			case CLIENT_RECV -> isFailure(record) ? left : isBegun() && hasAnswer();
		};
	}

	/**
	 * The first answer sent is the first taken. Of answers that are not known to have
	 * been sent nothing can be said.
	 */
	private boolean hasAnswer() {
		return this.toldReceived < this.toldAnswers || this.toldAnswers == this.answers;
	}

	private static boolean isFailure(TraceRecord record) {
		return record.content() == TraceRecord.Content.FAILURE;
	}

	/**
	 * An event is told.
	 */
	void tell(TraceRecord record) {
		switch (record.event()) {
			case CLIENT_SEND -> this.toldSent = true;
			case HANDLER -> this.toldHandled = true;
			case SERVER_SEND -> this.toldAnswers++;
			case CLIENT_RECV -> this.toldReceived += isFailure(record) ? 0 : 1;
		}
	}

}
