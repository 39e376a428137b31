package io.adaptive.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.adaptive.boot.autoconfigure.observation.AdaptiveObservationAutoConfiguration;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnConnect;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.spring.observation.ClientMessageContext;
import io.adaptive.spring.observation.ClientMessageObservationConvention;
import io.adaptive.spring.observation.DefaultClientMessageObservationConvention;
import io.adaptive.spring.observation.DefaultServerMessageObservationConvention;
import io.adaptive.spring.observation.ServerMessageContext;
import io.adaptive.spring.observation.ServerMessageObservationConvention;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * An error of a bean that takes part in a call is an answer, and the next call is
 * answered as if nothing had been.
 */
@Timeout(120)
class ErrorsOfBeansTests {

	private static final CallSettings PATIENT = CallSettings.DEFAULT.timeout(Duration.ofSeconds(20));

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveObservationAutoConfiguration.class,
				AdaptiveAutoConfiguration.class, ObservationAutoConfiguration.class, ValidationAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class)
		.withBean(Faults.class)
		.withBean(Fragile.class)
		.withBean(FailingHandler.class)
		.withBean(FailingConvention.class)
		.withBean(FailingClientConvention.class)
		.withBean(FailingPredicate.class)
		.withBean(FailingFilter.class)
		.withBean(FailingObserver.class);

	/**
	 * The JDK fails to complete its own stage with an exception whose text it cannot
	 * read.
	 */
	private static boolean isNeverTold(Place place, Thrown thrown) {
		return place == Place.STAGE_OF_ANOTHER_THREAD && thrown == Thrown.UNREADABLE;
	}

	@ParameterizedTest
	@EnumSource(Place.class)
	void theCallIsAnsweredAndSoIsTheNext(Place place) {
		this.contextRunner.run((context) -> {
			Faults faults = context.getBean(Faults.class);
			AdaptiveClient client = context.getBean(AdaptiveNode.class).newClient();
			for (Thrown thrown : Thrown.values()) {
				if (!isNeverTold(place, thrown)) {
					faults.begin(place, thrown);
					checkAnswer(client, faults, place);
				}
			}
		});
	}

	private static void checkAnswer(AdaptiveClient client, Faults faults, Place place) {
		try (Connection connection = client.discover("example", "fragile")) {
			MessageStream stream = connection.newStream();
			Throwable failure = catchThrowable(() -> stream.sendRecv(new Ask(place), Ask.class, PATIENT));
			// An observer is told of the end behind the answer.
			Awaitility.await().until(() -> faults.failed);
			if (place.answersWithFailure) {
				assertThat(failure).isInstanceOfSatisfying(AdaptiveException.class,
						(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN));
			}
			else {
				assertThat(failure).isNull();
			}
			faults.end();
			assertThat(connection.newStream().sendRecv(new Ask(place), Ask.class, PATIENT)).isEqualTo(new Ask(place));
		}
	}

	/**
	 * What is thrown.
	 */
	enum Thrown {

		ASSERTION(() -> new AssertionError("made up")), LINKAGE(() -> new NoClassDefFoundError("made/Up")),
		STACK_OVERFLOW(() -> new StackOverflowError("made up")), UNREADABLE(Unreadable::new);

		private final Supplier<Throwable> supplier;

		Thrown(Supplier<Throwable> supplier) {
			this.supplier = supplier;
		}

	}

	/**
	 * Where it is thrown, and whether the caller gets a failure for it.
	 */
	enum Place {

		HANDLER(true), VALIDATOR(true), STAGE(true), STAGE_OF_ANOTHER_THREAD(true), MONO(true), CONNECT_METHOD(false),
		STREAM_OPEN_METHOD(false), OBSERVATION_STARTED(false), OBSERVATION_SCOPE(false), OBSERVATION_STOPPED(false),
		OBSERVATION_CONVENTION(false), OBSERVATION_CLIENT_CONVENTION(false), OBSERVATION_PREDICATE(false),
		OBSERVATION_FILTER(false), OBSERVER_SENDING(false), OBSERVER_SENT(false), OBSERVER_HANDLING(false),
		OBSERVER_SCOPE(false), OBSERVER_HANDLED(false);

		private final boolean answersWithFailure;

		Place(boolean answersWithFailure) {
			this.answersWithFailure = answersWithFailure;
		}

	}

	/**
	 * Its text cannot be read.
	 */
	private static final class Unreadable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("no message");
		}

	}

	/**
	 * Throws where it is told to.
	 */
	static class Faults {

		private volatile Place place;

		private volatile Thrown thrown;

		private volatile boolean failed;

		void begin(Place place, Thrown thrown) {
			this.failed = false;
			this.thrown = thrown;
			this.place = place;
		}

		void end() {
			this.place = null;
		}

		void at(Place reached) {
			if (reached == this.place) {
				this.failed = true;
				Throwable fault = this.thrown.supplier.get();
				if (fault instanceof Error error) {
					throw error;
				}
				throw (RuntimeException) fault;
			}
		}

	}

	record Ask(Place place) {
	}

	@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
	@Constraint(validatedBy = FailingValidator.class)
	@interface Sound {

		String message() default "not sound";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	static class FailingValidator implements ConstraintValidator<Sound, Ask> {

		private final Faults faults;

		FailingValidator(Faults faults) {
			this.faults = faults;
		}

		@Override
		public boolean isValid(Ask ask, ConstraintValidatorContext context) {
			this.faults.at(Place.VALIDATOR);
			return true;
		}

	}

	static class FailingHandler implements ObservationHandler<Observation.Context> {

		private final Faults faults;

		FailingHandler(Faults faults) {
			this.faults = faults;
		}

		@Override
		public void onStart(Observation.Context context) {
			this.faults.at(Place.OBSERVATION_STARTED);
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			this.faults.at(Place.OBSERVATION_SCOPE);
		}

		@Override
		public void onStop(Observation.Context context) {
			this.faults.at(Place.OBSERVATION_STOPPED);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	static class FailingConvention extends DefaultServerMessageObservationConvention
			implements ServerMessageObservationConvention {

		private final Faults faults;

		FailingConvention(Faults faults) {
			this.faults = faults;
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(ServerMessageContext context) {
			this.faults.at(Place.OBSERVATION_CONVENTION);
			return super.getLowCardinalityKeyValues(context);
		}

	}

	static class FailingClientConvention extends DefaultClientMessageObservationConvention
			implements ClientMessageObservationConvention {

		private final Faults faults;

		FailingClientConvention(Faults faults) {
			this.faults = faults;
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(ClientMessageContext context) {
			this.faults.at(Place.OBSERVATION_CLIENT_CONVENTION);
			return super.getLowCardinalityKeyValues(context);
		}

	}

	static class FailingPredicate implements ObservationPredicate {

		private final Faults faults;

		FailingPredicate(Faults faults) {
			this.faults = faults;
		}

		@Override
		public boolean test(String name, Observation.Context context) {
			this.faults.at(Place.OBSERVATION_PREDICATE);
			return true;
		}

	}

	static class FailingFilter implements ObservationFilter {

		private final Faults faults;

		FailingFilter(Faults faults) {
			this.faults = faults;
		}

		@Override
		public Observation.Context map(Observation.Context context) {
			this.faults.at(Place.OBSERVATION_FILTER);
			return context;
		}

	}

	static class FailingObserver implements MessageObserver {

		private final Faults faults;

		FailingObserver(Faults faults) {
			this.faults = faults;
		}

		@Override
		public Sending sending(ObservedMessage message, Handling within) {
			this.faults.at(Place.OBSERVER_SENDING);
			return (error) -> this.faults.at(Place.OBSERVER_SENT);
		}

		@Override
		public Handling handling(ObservedMessage message) {
			this.faults.at(Place.OBSERVER_HANDLING);
			return new Handling() {

				@Override
				public Runnable open() {
					FailingObserver.this.faults.at(Place.OBSERVER_SCOPE);
					return NOTHING;
				}

				@Override
				public void ended(Throwable error) {
					FailingObserver.this.faults.at(Place.OBSERVER_HANDLED);
				}

			};
		}

	}

	@AdaptiveService(publisher = "example", name = "fragile")
	static class Fragile {

		private final Faults faults;

		Fragile(Faults faults) {
			this.faults = faults;
		}

		@OnConnect
		void connected() {
			this.faults.at(Place.CONNECT_METHOD);
		}

		@OnStreamOpen
		void opened() {
			this.faults.at(Place.STREAM_OPEN_METHOD);
		}

		@MessageHandler
		CompletionStage<Ask> ask(@Valid @Sound Ask ask) {
			this.faults.at(Place.HANDLER);
			return switch (ask.place()) {
				case STAGE -> failing(Place.STAGE, Runnable::run, ask);
				case STAGE_OF_ANOTHER_THREAD ->
					failing(Place.STAGE_OF_ANOTHER_THREAD, (work) -> new Thread(work).start(), ask);
				case MONO -> Mono.fromCallable(() -> {
					this.faults.at(Place.MONO);
					return ask;
				}).toFuture();
				default -> CompletableFuture.completedFuture(ask);
			};
		}

		private CompletionStage<Ask> failing(Place place, Consumer<Runnable> executor, Ask ask) {
			return CompletableFuture.supplyAsync(() -> {
				this.faults.at(place);
				return ask;
			}, executor::accept);
		}

	}

}
