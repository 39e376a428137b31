package io.adaptive.internal.dispatch;

import java.util.concurrent.RejectedExecutionException;

/**
 * A pool that sheds load has as many messages waiting as it may. Carries no stack trace:
 * it is thrown most when there is least time.
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
	 * Returns how many messages may wait.
	 */
	int queueSize() {
		return this.queueSize;
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
