package io.adaptive.handler;

import io.adaptive.message.Priority;

/**
 * The options of a handler.
 *
 * @param priority the priority of the messages when they wait for a worker; a caller may
 * choose another one if this is {@link Priority#NORMAL}
 * @param nonBlocking whether the handler never blocks. It may then run on the event loop,
 * unless the message is larger than 64 KB or the codec has not generated its code yet,
 * and within a process on the thread of the caller
 * @param interruptible whether the thread of the handler is interrupted when the caller
 * gives up, or when the stream of the message ends before the handler returns. Not
 * allowed with {@code nonBlocking}, because that thread is shared
 */
public record HandlerOptions(Priority priority, boolean nonBlocking, boolean interruptible) {

	/** The default: normal priority, on a worker thread, not interrupted. */
	public static final HandlerOptions DEFAULT = new HandlerOptions(Priority.NORMAL, false, false);

	/**
	 * Checks the options.
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
	 * Returns a copy with another priority.
	 * @param priority the priority
	 * @return the changed copy
	 */
	public HandlerOptions priority(Priority priority) {
		return new HandlerOptions(priority, this.nonBlocking, this.interruptible);
	}

	/**
	 * Returns a copy for a handler that never blocks.
	 * @return the changed copy
	 * @throws IllegalArgumentException if the handler is interruptible
	 */
	public HandlerOptions asNonBlocking() {
		return new HandlerOptions(this.priority, true, this.interruptible);
	}

	/**
	 * Returns a copy for a handler whose thread is interrupted, once, as soon as
	 * {@link io.adaptive.stream.ContextStream#isCancelled()} becomes true: the caller
	 * cancelled or timed out, or the stream or connection of the message ended.
	 * <p>
	 * The handler of a one-way message starts with the interrupt flag set if its stream
	 * has already ended. Only the handler of the affected message is interrupted; the
	 * flag is cleared before the thread handles the next message. An asynchronous result,
	 * such as a {@code CompletionStage}, is cancelled instead.
	 * @return the changed copy
	 * @throws IllegalArgumentException if the handler is non-blocking
	 */
	public HandlerOptions asInterruptible() {
		return new HandlerOptions(this.priority, this.nonBlocking, true);
	}

}
