package io.adaptive.internal.dispatch;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.internal.stream.IncomingMessage;
import io.adaptive.stream.StreamContext;

/**
 * The running interruptible handlers of a service, by stream. Bounded by the number of
 * workers.
 */
final class InterruptibleHandlers {

	private final Map<StreamContext, Set<HandlerInterrupt>> running = new ConcurrentHashMap<>();

	/**
	 * Registers a run of a handler on the calling thread.
	 * @param interrupt the interrupt of this run, to be passed to {@link #end} in any
	 * case
	 */
	void begin(IncomingMessage message, HandlerInterrupt interrupt) {
		interrupt.begin();
		this.running.compute(message.streamContext(), (stream, others) -> {
			Set<HandlerInterrupt> all = (others != null) ? others : ConcurrentHashMap.newKeySet();
			all.add(interrupt);
			return all;
		});
		if (message.isCall()) {
			CompletableFuture<?> unused = message.cancelled().thenRun(interrupt::fire);
		}
		// Last: an end of the stream before this line found no handler here.
		if (message.isCancelled()) {
			interrupt.fireOwn();
		}
	}

	/**
	 * Removes the handler, which has returned.
	 * @return whether it was interrupted
	 */
	boolean end(IncomingMessage message, HandlerInterrupt interrupt) {
		this.running.computeIfPresent(message.streamContext(), (stream, others) -> {
			others.remove(interrupt);
			return others.isEmpty() ? null : others;
		});
		return interrupt.end();
	}

	/**
	 * Interrupts the handlers of a stream that has ended.
	 */
	void streamClosed(StreamContext stream) {
		Set<HandlerInterrupt> ended = this.running.get(stream);
		if (ended != null) {
			ended.forEach(HandlerInterrupt::fire);
		}
	}

}
