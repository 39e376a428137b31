package io.adaptive.internal.dispatch;

import java.util.concurrent.RejectedExecutionException;

/**
 * Thrown when the queue of a load-shedding pool is full. Has no stack trace, since it is
 * thrown under high load.
 */
final class MailboxFullException extends RejectedExecutionException {

	private static final long serialVersionUID = 1L;

	private final int queueSize;

	MailboxFullException(int queueSize) {
		super("All %s places for waiting messages are taken; try again later or elsewhere, or raise the queue size"
			.formatted(queueSize));
		this.queueSize = queueSize;
	}

	/**
	 * Returns the maximum number of waiting messages.
	 */
	int queueSize() {
		return this.queueSize;
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
