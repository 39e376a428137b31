package io.adaptive.handler;

import io.adaptive.message.Priority;

/**
 * How the messages of one type are handled.
 *
 * @param priority which messages go first when workers are scarce; callers may ask for
 * another one where this is {@link Priority#NORMAL}
 * @param nonBlocking whether the handler never waits, so that it may run where its
 * message arrives: on the event loop, unless the message has more than 64 KB or the codec
 * has no code for it yet, or within a process on the thread of its caller
 * @param interruptible whether the thread of the handler is interrupted when its caller
 * gives up, or when the stream of the message ends before the handler has returned. Not
 * together with {@code nonBlocking}, whose thread belongs to others
 */
public record HandlerOptions(Priority priority, boolean nonBlocking, boolean interruptible) {

	/** Normal priority, on a worker, never interrupted. */
	public static final HandlerOptions DEFAULT = new HandlerOptions(Priority.NORMAL, false, false);

	/**
	 * Makes options.
	 * @throws IllegalArgumentException if the handler is both non-blocking and
	 * interruptible
	 */
	public HandlerOptions {
		if (nonBlocking && interruptible) {
			throw new IllegalArgumentException(
					"A non-blocking handler is not interrupted: it runs on an event loop or on its caller's thread");
		}
	}

	/**
	 * Changes the priority.
	 * @param priority the priority
	 * @return the changed copy
	 */
	public HandlerOptions priority(Priority priority) {
		return new HandlerOptions(priority, this.nonBlocking, this.interruptible);
	}

	/**
	 * Declares that the handler never waits.
	 * @return the changed copy
	 * @throws IllegalArgumentException if the handler is interruptible
	 */
	public HandlerOptions asNonBlocking() {
		return new HandlerOptions(this.priority, true, this.interruptible);
	}

	/**
	 * Interrupts the thread of the handler, once, as soon as
	 * {@link io.adaptive.stream.ContextStream#isCancelled()} becomes true: the caller
	 * cancelled or timed out, or the stream or connection of the message ended. A message
	 * that was sent one way begins with the interrupt flag set if its stream has ended
	 * before. The handler that is interrupted is always that of the message, and its
	 * thread carries no interrupt flag to the next. What a handler returned to complete
	 * later, such as a {@code CompletionStage}, is cancelled instead.
	 * @return the changed copy
	 * @throws IllegalArgumentException if the handler is non-blocking
	 */
	public HandlerOptions asInterruptible() {
		return new HandlerOptions(this.priority, this.nonBlocking, true);
	}

}
