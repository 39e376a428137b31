package io.adaptive.boot.autoconfigure.observation;

import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Timers of messages with the values of observations, at about a tenth of the cost.
 */
final class MessageTimers implements AutoCloseable {

	private final MeterRegistry registry;

	private final TimersOfSide client;

	private final TimersOfSide server;

	MessageTimers(MeterRegistry registry) {
		this.registry = registry;
		this.client = new TimersOfSide("adaptive.client.messages", registry);
		this.server = new TimersOfSide("adaptive.server.messages", registry);
	}

	/**
	 * Returns the observer of messages, or none if the registry discards all meters.
	 */
	MessageObserver observer() {
		boolean nowhere = this.registry instanceof CompositeMeterRegistry composite
				&& composite.getRegistries().isEmpty();
		return nowhere ? MessageObserver.NONE : new Observer(this.client, this.server);
	}

	@Override
	public void close() {
		this.client.close();
		this.server.close();
	}

	/**
	 * Times both sides.
	 */
	record Observer(TimersOfSide client, TimersOfSide server) implements MessageObserver {

		@Override
		public Sending sending(ObservedMessage message, @Nullable Handling within) {
			return new Timing(this.client.of(message));
		}

		@Override
		public Handling handling(ObservedMessage message) {
			return new Timing(this.server.of(message));
		}

	}

	private static final class Timing implements MessageObserver.Sending, MessageObserver.Handling {

		private final MessageTimer timer;

		private final long start = System.nanoTime();

		Timing(MessageTimer timer) {
			this.timer = timer;
		}

		@Override
		public void ended(@Nullable Throwable error) {
			this.timer.record(System.nanoTime() - this.start, error);
		}

	}

}
