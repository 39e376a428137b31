package io.adaptive.boot.autoconfigure.observation;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.spring.observation.ClientMessageContext;
import io.adaptive.spring.observation.DefaultClientMessageObservationConvention;
import io.adaptive.spring.observation.ObservingMessages;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AdaptiveObservationAutoConfiguration}.
 */
class AdaptiveObservationAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveObservationAutoConfiguration.class,
				AdaptiveAutoConfiguration.class, MetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class);

	private final ApplicationContextRunner metered = this.contextRunner.withBean(SimpleMeterRegistry.class);

	private final ApplicationContextRunner observed = this.metered.withBean(Listener.class);

	private static void talk(ApplicationContext context) {
		context.getBean(AdaptiveServer.class).publish(Service.named("example", "echo").handle(Ask.class, (ask) -> {
			if (ask.text().isEmpty()) {
				throw new IllegalStateException("nothing asked");
			}
			return ask;
		}));
		try (Connection connection = context.getBean(AdaptiveClient.class).discover("example", "echo")) {
			connection.sendRecv(new Ask("who?"), Ask.class);
			connection.sendRecv(new Ask("why?"), Ask.class);
			assertThatExceptionOfType(AdaptiveException.class)
				.isThrownBy(() -> connection.sendRecv(new Ask(""), Ask.class))
				.satisfies((failed) -> assertThat(failed.code()).isEqualTo(ErrorCode.UNKNOWN));
		}
		MeterRegistry registry = context.getBean(MeterRegistry.class);
		await().until(() -> registry.find("adaptive.server.messages").tag("outcome", "OK").timer() != null);
		await().until(() -> registry.get("adaptive.server.messages").tag("outcome", "OK").timer().count() == 2);
		await().until(() -> registry.find("adaptive.server.messages").tag("outcome", "UNKNOWN").timer() != null);
		await().until(() -> registry.find("adaptive.client.messages").tag("outcome", "UNKNOWN").timer() != null);
	}

	private static MessageObserver found(ApplicationContext context) {
		return context.getBean(LateMessageObserver.class).found();
	}

	private static void callOnce(ApplicationContext context) {
		context.getBean(AdaptiveServer.class).publish(Service.named("example", "echo").handle(Ask.class, (ask) -> ask));
		try (Connection connection = context.getBean(AdaptiveClient.class).discover("example", "echo")) {
			connection.sendRecv(new Ask("who?"), Ask.class);
		}
	}

	private static Set<Meter.Id> timers(ApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getType() == Meter.Type.TIMER && id.getName().endsWith(".messages"))
			.collect(Collectors.toSet());
	}

	@Test
	void messagesAreOnlyTimedWhereNobodyWouldSeeMoreOfAnObservation() {
		this.metered.run((context) -> {
			assertThat(found(context)).isInstanceOf(MessageTimers.Observer.class);
			talk(context);
			assertThat(timers(context)).hasSize(4).allSatisfy((id) -> {
				assertThat(id.getTag("service")).isEqualTo("example/echo");
				assertThat(id.getTag("message")).isEqualTo(Ask.class.getName());
				assertThat(id.getTag("scope")).isEqualTo("process");
				assertThat(id.getTag("outcome")).isIn("OK", "UNKNOWN");
			});
		});
	}

	@Test
	void observationsGiveTheSameTimers() {
		this.metered.run((context) -> {
			talk(context);
			Set<Meter.Id> timed = timers(context);
			this.observed.run((other) -> {
				assertThat(found(other)).isInstanceOf(ObservingMessages.class);
				talk(other);
				assertThat(timers(other)).isEqualTo(timed);
				assertThat(other.getBean(MeterRegistry.class).find("adaptive.server.messages.active").meter()).isNull();
			});
		});
	}

	@Test
	void anObservationThatIsDisabledIsNotMade() {
		this.observed.withPropertyValues("management.observations.enable.adaptive=false").run((context) -> {
			context.getBean(AdaptiveServer.class)
				.publish(Service.named("example", "echo").handle(Ask.class, (ask) -> ask));
			try (Connection connection = context.getBean(AdaptiveClient.class).discover("example", "echo")) {
				connection.sendRecv(new Ask("who?"), Ask.class);
			}
			assertThat(context.getBean(Listener.class).names()).isEmpty();
		});
		this.metered.withPropertyValues("management.observations.enable.adaptive=false")
			.run((context) -> assertThat(found(context)).isInstanceOf(ObservingMessages.class));
	}

	@Test
	void whatAMessageIsCalledCanBeReplaced() {
		this.metered.withBean(OwnConvention.class).run((context) -> {
			assertThat(found(context)).isInstanceOf(ObservingMessages.class);
			context.getBean(AdaptiveServer.class)
				.publish(Service.named("example", "echo").handle(Ask.class, (ask) -> ask));
			try (Connection connection = context.getBean(AdaptiveClient.class).discover("example", "echo")) {
				connection.sendRecv(new Ask("who?"), Ask.class);
			}
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("our.calls").tag("team", "blue").timer().count()).isOne();
			await().untilAsserted(() -> assertThat(registry.get("adaptive.server.messages").timer().count()).isOne());
			assertThat(registry.find("adaptive.client.messages").meter()).isNull();
		});
	}

	@Test
	void withoutAnyMeterRegistryOrListenerNothingIsObserved() {
		this.contextRunner.withBean(CompositeMeterRegistry.class)
			.run((context) -> assertThat(found(context)).isSameAs(MessageObserver.NONE));
		this.contextRunner.withBean("observationRegistry", ObservationRegistry.class, () -> ObservationRegistry.NOOP)
			.run((context) -> assertThat(found(context)).isSameAs(MessageObserver.NONE));
	}

	@Test
	void withoutMetersMessagesAreStillObserved() {
		this.contextRunner.withBean(Listener.class)
			.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> {
				callOnce(context);
				Listener listener = context.getBean(Listener.class);
				assertThat(listener.names()).containsExactlyInAnyOrder("adaptive.client.messages",
						"adaptive.server.messages");
				await().untilAsserted(() -> assertThat(listener.ended()).hasSize(2));
			});
	}

	@Test
	void whoListensToObservationsMayUseServices() {
		this.contextRunner.withBean(CallingListener.class).withBean(CallingRegistry.class).run((context) -> {
			assertThat(context).hasNotFailed();
			callOnce(context);
			assertThat(context.getBean(Listener.class).names()).containsExactlyInAnyOrder("adaptive.client.messages",
					"adaptive.server.messages");
			assertThat(context.getBean(MeterRegistry.class).get("adaptive.client.messages").timer().count()).isOne();
		});
	}

	@Test
	void frameworkWorksWithoutObservations() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
				.doesNotHaveBean(AdaptiveObservationAutoConfiguration.class));
	}

	@Test
	void anObserverOfTheUserStandsBeside() {
		List<String> seen = new CopyOnWriteArrayList<>();
		MessageObserver own = new MessageObserver() {

			@Override
			public @Nullable Sending sending(ObservedMessage message, @Nullable Handling within) {
				seen.add("sending " + message.type());
				return null;
			}

			@Override
			public @Nullable Handling handling(ObservedMessage message) {
				seen.add("handling " + message.type());
				return null;
			}

		};
		this.metered.withBean("own", MessageObserver.class, () -> own).run((context) -> {
			callOnce(context);
			assertThat(seen).containsExactly("sending " + Ask.class.getName(), "handling " + Ask.class.getName());
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("adaptive.client.messages").timer().count()).isOne();
			await().untilAsserted(() -> assertThat(registry.get("adaptive.server.messages").timer().count()).isOne());
		});
	}

	@Test
	void timersGoWithTheApplication() {
		MeterRegistry shared = new SimpleMeterRegistry();
		this.contextRunner.withBean("shared", MeterRegistry.class, () -> shared).run((context) -> {
			talk(context);
			assertThat(timers(context)).isNotEmpty();
		});
		assertThat(shared.getMeters()).isEmpty();
	}

	record Ask(String text) {
	}

	static class Listener implements ObservationHandler<Observation.Context> {

		private final List<String> names = new CopyOnWriteArrayList<>();

		private final List<String> ended = new CopyOnWriteArrayList<>();

		@Override
		public void onStart(Observation.Context context) {
			this.names.add(context.getName());
		}

		@Override
		public void onStop(Observation.Context context) {
			this.ended.add(context.getName());
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		List<String> ended() {
			return this.ended;
		}

		List<String> names() {
			return this.names;
		}

	}

	static class CallingListener extends Listener {

		CallingListener(AdaptiveClient client) {
			assertThat(client).isNotNull();
		}

	}

	static class CallingRegistry extends SimpleMeterRegistry {

		CallingRegistry(AdaptiveClient client) {
			assertThat(client).isNotNull();
		}

	}

	static class OwnConvention extends DefaultClientMessageObservationConvention {

		@Override
		public String getName() {
			return "our.calls";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(ClientMessageContext context) {
			return KeyValues.of("team", "blue");
		}

	}

}
