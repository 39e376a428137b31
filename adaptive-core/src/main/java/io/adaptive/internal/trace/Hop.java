package io.adaptive.internal.trace;

import io.adaptive.trace.TraceRecord;
import org.jspecify.annotations.Nullable;

/**
 * One message of a trace with its answers, and the events of it that are already output.
 */
final class Hop {

	/** The hop of the message whose handling sent it, 0 if that is not known. */
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
	 * Adds an event.
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
	 * Returns whether it was pushed to a stream by a service.
	 */
	boolean isPush() {
		return this.sent == null && this.handled == null;
	}

	/**
	 * Returns whether there was an answer, or one was awaited.
	 */
	boolean isAnswered() {
		return this.answered != null || this.received != null;
	}

	/**
	 * Returns whether the events that precede all effects of the message are output.
	 */
	boolean isBegun() {
		return (this.sent == null || this.toldSent) && (this.handled == null || this.toldHandled);
	}

	/**
	 * Returns whether the events that precede an event of this message are output.
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
	 * The first answer sent is the first received. Answers without a record of their
	 * sending are not ordered.
	 */
	private boolean hasAnswer() {
		return this.toldReceived < this.toldAnswers || this.toldAnswers == this.answers;
	}

	private static boolean isFailure(TraceRecord record) {
		return record.content() == TraceRecord.Content.FAILURE;
	}

	/**
	 * Notes that an event is output.
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
