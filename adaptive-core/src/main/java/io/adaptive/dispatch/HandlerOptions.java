package io.adaptive.dispatch;

import io.adaptive.message.Priority;

/**
 * How the messages of one type are handled.
 *
 * @param priority which messages go first when workers are scarce; callers may ask for
 * another one where this is {@link Priority#NORMAL}
 * @param nonBlocking whether the handler never waits, so that it may run where its
 * message arrives: on the event loop, unless the message has more than 64 KB, or within a
 * process on the thread of its caller
 *
 */
public record HandlerOptions(Priority priority, boolean nonBlocking) {

	/** Normal priority, on a worker. */
	public static final HandlerOptions DEFAULT = new HandlerOptions(Priority.NORMAL, false);

	/**
	 * Changes the priority.
	 * @param priority the priority
	 * @return the changed copy
	 */
	public HandlerOptions priority(Priority priority) {
		return new HandlerOptions(priority, this.nonBlocking);
	}

	/**
	 * Declares that the handler never waits.
	 * @return the changed copy
	 */
	public HandlerOptions asNonBlocking() {
		return new HandlerOptions(this.priority, true);
	}

}
