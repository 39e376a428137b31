package io.adaptive.spring.observation;

import io.adaptive.message.TraceContext;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A message observer that creates an observation for each message, at both ends.
 * Observations of messages sent by a handler are children of that of the handled message,
 * on any thread.
 */
public final class ObservingMessages implements MessageObserver {

	private final ObservationRegistry registry;

	private final @Nullable ClientMessageObservationConvention client;

	private final @Nullable ServerMessageObservationConvention server;

	private final ClientMessageObservationConvention defaultClient = new DefaultClientMessageObservationConvention();

	private final ServerMessageObservationConvention defaultServer = new DefaultServerMessageObservationConvention();

	/**
	 * Creates an observer.
	 * @param registry the registry of observations
	 * @param client the convention of sent messages, {@code null} for that of the
	 * registry or else {@link DefaultClientMessageObservationConvention}
	 * @param server the convention of handled messages, {@code null} for that of the
	 * registry or else {@link DefaultServerMessageObservationConvention}
	 */
	public ObservingMessages(ObservationRegistry registry, @Nullable ClientMessageObservationConvention client,
			@Nullable ServerMessageObservationConvention server) {
		this.registry = registry;
		this.client = client;
		this.server = server;
	}

	@Override
	public @Nullable Sending sending(ObservedMessage message, @Nullable Handling within) {
		ClientMessageContext context = new ClientMessageContext(message);
		Observation observation = Observation.createNotStarted(this.client, this.defaultClient, () -> context,
				this.registry);
		if (observation.isNoop()) {
			return null;
		}
		if (within instanceof Handled handled && this.registry.getCurrentObservation() == null) {
			observation.parentObservation(handled.observation);
		}
		observation.start();
		return new Sent(observation, context);
	}

	@Override
	public @Nullable Handling handling(ObservedMessage message) {
		Observation observation = Observation.createNotStarted(this.server, this.defaultServer,
				() -> new ServerMessageContext(message), this.registry);
		return observation.isNoop() ? null : new Handled(observation.start());
	}

	private static void end(Observation observation, @Nullable Throwable error) {
		if (error != null) {
			observation.error(error);
		}
		observation.stop();
	}

	private record Sent(Observation observation, ClientMessageContext sender) implements Sending {

		@Override
		public @Nullable TraceContext context() {
			TraceHeaders headers = this.sender.getCarrier();
			return (headers != null) ? headers.toContext() : null;
		}

		@Override
		public void ended(@Nullable Throwable error) {
			end(this.observation, error);
		}

	}

	private record Handled(Observation observation) implements Handling {

		@Override
		public Runnable open() {
			return this.observation.openScope()::close;
		}

		@Override
		public void ended(@Nullable Throwable error) {
			end(this.observation, error);
		}

	}

}
