package io.adaptive.spring.client;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.boot.autoconfigure.DiscoverAutoConfiguration;
import io.adaptive.client.Measurements;
import io.adaptive.client.Selection;
import io.adaptive.message.Priority;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.spring.CallOptions;
import io.adaptive.spring.Discover;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.AnnotationUtils;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what the attributes of {@link Discover} and the types it stands on mean.
 */
class DiscoverAttributesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class, DiscoverAutoConfiguration.class,
				PropertyPlaceholderAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class);

	private static Publication publish(AdaptiveNode node, String name) {
		return node.newServer()
			.publish(Service.named("example", name)
				.handle(Ask.class, (ask) -> new Time(name))
				.handle(Hang.class, (hang) -> Flux.never()));
	}

	@Test
	void aClientGetsCopiesIfItsPropertyOrTheApplicationSaysSo() {
		assertThat(isCopied()).isFalse();
		assertThat(isCopied("adaptive.clients.copied.copy-in-process=true")).isTrue();
		assertThat(isCopied("adaptive.clients.other.copy-in-process=true")).isFalse();
		assertThat(isCopied("adaptive.copy-in-process=true")).isTrue();
	}

	private boolean isCopied(String... properties) {
		Time reply = new Time("now");
		AtomicBoolean copied = new AtomicBoolean();
		this.contextRunner.withPropertyValues(properties).withBean(WithCopied.class).run((context) -> {
			context.getBean(AdaptiveNode.class)
				.newServer()
				.publish(Service.named("example", "copied").handle(Ask.class, (ask) -> reply));
			Time received = context.getBean(WithCopied.class).connection.sendRecv(new Ask(), Time.class);
			assertThat(received).isEqualTo(reply);
			copied.set(received != reply);
		});
		return copied.get();
	}

	static class WithCopied {

		@Discover(publisher = "example", name = "copied")
		@Nullable Connection connection;

	}

	@Test
	void aMetaAnnotationSaysTheSame() {
		this.contextRunner.withBean(WithMetaAnnotation.class).run((context) -> {
			publish(context.getBean(AdaptiveNode.class), "clock");
			WithMetaAnnotation bean = context.getBean(WithMetaAnnotation.class);
			assertThat(bean.field.sendRecv(new Ask(), Time.class)).isEqualTo(new Time("clock"));
			assertThat(bean.parameter).isSameAs(bean.field);
			assertThat(bean.setter).isNotSameAs(bean.field);
			assertThat(bean.setter).hasToString("connection to example/other, not used yet");
		});
	}

	@Test
	void whatIsOptionalIsThereWhereSomethingDiscovers() {
		this.contextRunner.withBean(WithOptionals.class).run((context) -> {
			WithOptionals bean = context.getBean(WithOptionals.class);
			assertThat(bean.optional).isPresent();
			assertThat(bean.provider.getIfAvailable()).isSameAs(bean.optional.orElseThrow()).isSameAs(bean.notRequired);
			assertThat(bean.parameter).isSameAs(bean.notRequired);
			assertThat(bean.client).isPresent();
		});
	}

	@Test
	void whatIsOptionalIsEmptyWhereNothingDiscovers() {
		this.contextRunner.withPropertyValues("adaptive.enabled=false").withBean(WithOptionals.class).run((context) -> {
			WithOptionals bean = context.getBean(WithOptionals.class);
			assertThat(bean.optional).isEmpty();
			assertThat(bean.provider.getIfAvailable()).isNull();
			assertThat(bean.notRequired).isNull();
			assertThat(bean.parameter).isNull();
			assertThat(bean.client).isEmpty();
		});
	}

	@Test
	void aListFollowsTheInstances() {
		this.contextRunner.withBean(WithMany.class).run((context) -> {
			List<Connection> clocks = context.getBean(WithMany.class).list;
			assertThat(clocks).isEmpty();
			AdaptiveNode node = context.getBean(AdaptiveNode.class);
			Publication east = publish(node, "clock.east");
			publish(node, "clock.west");
			publish(node, "calendar");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> clocks.size() == 2);
			assertThat(clocks.stream().map((clock) -> clock.sendRecv(new Ask(), Time.class).name()))
				.containsExactlyInAnyOrder("clock.east", "clock.west");
			assertThat(clocks).containsExactlyElementsOf(List.copyOf(clocks));
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(clocks::clear);
			east.close();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> clocks.size() == 1);
			assertThat(clocks.get(0).sendRecv(new Ask(), Time.class).name()).isEqualTo("clock.west");
		});
	}

	@Test
	void aFluxTellsOfEachInstance() {
		this.contextRunner.withBean(WithMany.class).run((context) -> {
			AdaptiveNode node = context.getBean(AdaptiveNode.class);
			publish(node, "clock.east");
			List<String> names = new CopyOnWriteArrayList<>();
			Disposable watch = context.getBean(WithMany.class).flux
				.flatMap((clock) -> clock.reactive().sendRecv(new Ask(), Time.class))
				.subscribe((time) -> names.add(time.name()));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(names).containsExactly("clock.east"));
			publish(node, "clock.west");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(names).containsExactly("clock.east", "clock.west"));
			watch.dispose();
		});
	}

	@Test
	void allWhoWantTheSameShareIt() {
		this.contextRunner.withBean(WithAttributes.class).run((context) -> {
			WithAttributes bean = context.getBean(WithAttributes.class);
			assertThat(bean.slow).isSameAs(bean.alsoSlow).isNotSameAs(bean.fast);
			assertThat(List.of(bean.slow, bean.fast, bean.near, bean.on)).doesNotHaveDuplicates();
		});
	}

	@Test
	void timeoutsAreKept() {
		this.contextRunner.withPropertyValues("fast.timeout=100ms").withBean(WithAttributes.class).run((context) -> {
			WithAttributes bean = context.getBean(WithAttributes.class);
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> bean.fast.sendRecv(new Ask(), Time.class));
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> bean.near.sendRecv(new Ask(), Time.class))
				.withMessageContaining("in scope PROCESS within");
			publish(context.getBean(AdaptiveNode.class), "clock");
			// On a busy machine the first answers take longer than the time-out.
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreException(ReceiveTimeoutException.class)
				.untilAsserted(
						() -> assertThat(bean.fast.sendRecv(new Ask(), Time.class)).isEqualTo(new Time("clock")));
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> bean.on.sendRecv(new Ask(), Time.class));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "adaptive.clients.my-clock.timeout=100ms", "adaptive.clients.myclock.timeout=100",
			"adaptive.clients.myClock.timeout=PT0.1S" })
	void propertiesOverruleTheAnnotation(String property) {
		this.contextRunner.withPropertyValues(property)
			.withBean(WithId.class)
			.run((context) -> assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> context.getBean(WithId.class).clock.sendRecv(new Ask(), Time.class)));
	}

	@Test
	void everyPropertyOfAClientIsUsed() {
		this.contextRunner
			.withPropertyValues("adaptive.scopes=process,os", "adaptive.clients.clock.discover-timeout=0",
					"adaptive.clients.clock.scopes=os", "adaptive.clients.clock.providers=elsewhere",
					"adaptive.clients.clock.selection=capacity,latency", "adaptive.clients.clock.priority=high",
					"adaptive.clients.clock.idempotent=true", "adaptive.clients.clock.eager=true")
			.withBean(WithMetaAnnotation.class)
			.run((context) -> {
				assertThat(context.getBean(DiscoveredConnections.class).awaited()).containsExactly("example/clock");
				publish(context.getBean(AdaptiveNode.class), "clock");
				assertThatExceptionOfType(ServiceNotFoundException.class)
					.isThrownBy(() -> context.getBean(WithMetaAnnotation.class).field.sendRecv(new Ask(), Time.class))
					.withMessageContaining("in scope OS within 0 ms");
			});
	}

	@Test
	void aBeanSelects() {
		this.contextRunner.withBean("mine", Selection.class, () -> (instances, measurements) -> instances)
			.withPropertyValues("adaptive.clients.clock.selection=mine")
			.withBean(WithMetaAnnotation.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aBeanThatSelectsMayWantConnectionsItself() {
		this.contextRunner.withBean(WithMetaAnnotation.class)
			.withBean("curious", Curious.class)
			.withPropertyValues("adaptive.clients.clock.selection=curious")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(Curious.class).connections).doesNotHaveDuplicates().hasSize(20);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "random", "capacity", "latency", "latency,capacity", "round-robin", "power-of-two-choices",
			"sticky:blue" })
	void selectionsHaveNames(String selection) {
		this.contextRunner.withPropertyValues("adaptive.clients.clock.selection=" + selection)
			.withBean(WithMetaAnnotation.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void eagerDiscoveryHoldsReadinessUntilItHasFound() {
		this.contextRunner.withBean(WithEager.class).run((context) -> {
			ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			assertThat(context.getBean(DiscoveredConnections.class).awaited())
				.containsExactlyInAnyOrder("example/clock", "example/clock.*");
			publish(context.getBean(AdaptiveNode.class), "clock");
			publish(context.getBean(AdaptiveNode.class), "clock.east");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(context.getBean(WithEager.class).clock.toString()).contains("example/clock@process");
		});
	}

	@Test
	void anApplicationStaysReadyWhenAllInstancesGo() {
		this.contextRunner.withBean(WithEagerList.class).run((context) -> {
			ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			List<Connection> clocks = context.getBean(WithEagerList.class).clocks;
			Publication east = publish(context.getBean(AdaptiveNode.class), "clock.east");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !clocks.isEmpty());
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
			east.close();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(clocks::isEmpty);
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		});
	}

	@Test
	void lazyDiscoveryDoesNotHoldReadiness() {
		this.contextRunner.withBean(WithAttributes.class).run((context) -> {
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(context.getBean(ApplicationAvailability.class).getReadinessState())
				.isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		});
	}

	@Test
	void anEagerSearchEndsWithTheContext() {
		this.contextRunner.withBean(WithEager.class).run((context) -> assertThat(eagerThreads()).isNotEmpty());
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(eagerThreads()).isEmpty());
	}

	private static List<String> eagerThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("adaptive-eager-"))
			.toList();
	}

	@Test
	void optionsOfAMethodAreThoseOfItsCalls() {
		this.contextRunner.withPropertyValues("short.timeout=100ms").withBean(WithClient.class).run((context) -> {
			publish(context.getBean(AdaptiveNode.class), "clock");
			Clock clock = context.getBean(WithClient.class).clock;
			assertThat(clock.time(new Ask())).isEqualTo(new Time("clock"));
			assertThatExceptionOfType(ReceiveTimeoutException.class)
				.isThrownBy(() -> clock.never(new Hang()).blockLast(Duration.ofSeconds(20)));
			assertThat(clock.later(new Ask()).get(50, TimeUnit.SECONDS)).isEqualTo(new Time("clock"));
		});
	}

	@Test
	void aPatternIsNoService() {
		assertInvalid(OfPattern.class, "wants one service, but names no valid service: example/clock.* contains '*'",
				"inject List<Connection> or Flux<Connection>");
	}

	@Test
	void aTypeThatCannotBeInjectedEndsTheStart() {
		assertInvalid(OfText.class, "cannot be of type java.lang.String",
				"Use Connection, List<Connection>, Flux<Connection>, an interface");
		assertInvalid(OfTexts.class, "cannot be of type java.util.List<java.lang.String>", "Use Connection");
	}

	@Test
	void aTextThatCannotBeReadEndsTheStart() {
		assertInvalid(OfPlaceholder.class, "has a placeholder in name that cannot be resolved",
				"give the placeholder a default");
		assertInvalid(OfTimeout.class, "has a timeout that is no duration: \"soon\"",
				"Write a duration such as 500ms, 2s or 1m");
		assertInvalid(OfNegative.class, "has a discoverTimeout that is negative: \"-1s\"", "Write a duration");
		assertInvalid(OfProvider.class, "names no valid provider", "adaptive.provider-id");
		assertInvalid(OfSelection.class, "has a selection that is not known: \"best\"", "round-robin");
	}

	@Test
	void scopesThatTheApplicationHasNotEndTheStart() {
		assertInvalid(OfScopes.class,
				"looks in scopes [LAN, WAN], of which this application has none: it has [PROCESS]",
				"Add one of them to adaptive.scopes, or to its @Discover or adaptive.clients.<id>.scopes one that the "
						+ "application has");
	}

	@Test
	void aFieldOfAGenericSuperclassIsOfTheTypeThatTheBeanSays() {
		this.contextRunner.withBean(WithClock.class).run((context) -> {
			publish(context.getBean(AdaptiveNode.class), "clock");
			assertThat(context.getBean(WithClock.class).client.time(new Ask())).isEqualTo(new Time("clock"));
		});
	}

	private void assertInvalid(Class<?> bean, String problem, String action) {
		this.contextRunner.withBean(bean)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining(InvalidDeclarationException.class.getName())
				.hasStackTraceContaining("@Discover on field clock in " + bean.getName() + " " + problem)
				.hasStackTraceContaining(action));
	}

	record Ask() {
	}

	record Hang() {
	}

	record Time(String name) {
	}

	@Discover(publisher = "example", name = "")
	@Target({ ElementType.FIELD, ElementType.PARAMETER })
	@Retention(RetentionPolicy.RUNTIME)
	@interface Example {

		@AliasFor(annotation = Discover.class)
		String name() default "clock";

	}

	static class WithMetaAnnotation {

		@Example
		private Connection field;

		private final Connection parameter;

		private Connection setter;

		@Autowired
		WithMetaAnnotation(@Example Connection parameter) {
			this.parameter = parameter;
		}

		@Autowired
		void setSetter(@Example(name = "other") Connection setter) {
			this.setter = setter;
		}

	}

	/**
	 * Wants so many connections that the map which holds them has to grow.
	 */
	static class Curious implements Selection {

		private final List<Object> connections = new ArrayList<>();

		Curious(DiscoveredConnections connections) throws NoSuchFieldException {
			Field place = WithMetaAnnotation.class.getDeclaredField("field");
			for (int i = 0; i < 20; i++) {
				Discover discover = AnnotationUtils
					.synthesizeAnnotation(Map.of("publisher", "example", "name", "friend." + i), Discover.class, null);
				this.connections.add(connections.get(discover, new DependencyDescriptor(place, true)));
			}
		}

		@Override
		public List<ServiceInstance> order(List<ServiceInstance> instances, Measurements measurements) {
			return instances;
		}

	}

	static class WithOptionals {

		@Discover(publisher = "example", name = "clock")
		private Optional<Connection> optional = Optional.empty();

		@Discover(publisher = "example", name = "clock")
		private ObjectProvider<Connection> provider;

		@Discover(publisher = "example", name = "clock", required = false)
		private @Nullable Connection notRequired;

		@Discover(publisher = "example", name = "clock")
		private Optional<Clock> client = Optional.empty();

		private final @Nullable Connection parameter;

		WithOptionals(
				@Discover(publisher = "example", name = "clock", required = false) @Nullable Connection parameter) {
			this.parameter = parameter;
		}

	}

	static class WithMany {

		@Discover(publisher = "example", name = "clock.*")
		private List<Connection> list;

		@Discover(publisher = "example", name = "clock.*")
		private Flux<Connection> flux;

	}

	static class WithAttributes {

		@Discover(publisher = "example", name = "clock", timeout = "${slow.timeout:20s}")
		private Connection slow;

		@Discover(publisher = "example", name = "clock", timeout = "20000ms")
		private Connection alsoSlow;

		@Discover(publisher = "example", name = "clock", timeout = "${fast.timeout:2s}")
		private Connection fast;

		@Discover(publisher = "example", name = "clock", scopes = Scope.PROCESS, discoverTimeout = "0")
		private Connection near;

		@Discover(publisher = "example", name = "clock", providers = "${elsewhere:one,two}", discoverTimeout = "0")
		private Connection on;

	}

	static class WithId {

		@Discover(publisher = "example", name = "clock", id = "my-clock", timeout = "1h")
		private Connection clock;

	}

	static class WithEager {

		@Discover(publisher = "example", name = "clock", eager = true)
		private Connection clock;

		@Discover(publisher = "example", name = "clock.*", eager = true)
		private List<Connection> clocks;

		@Discover(publisher = "example", name = "other", eager = true, required = false)
		private Connection other;

	}

	static class WithEagerList {

		@Discover(publisher = "example", name = "clock.*", eager = true)
		private List<Connection> clocks = List.of();

	}

	interface Clock {

		Time time(Ask ask);

		@CallOptions(timeout = "${short.timeout:10s}", priority = Priority.HIGH)
		Flux<Time> never(Hang hang);

		@CallOptions(timeout = "20s", idempotent = true)
		CompletableFuture<Time> later(Ask ask);

	}

	static class WithClient {

		@Discover(publisher = "example", name = "clock")
		private Clock clock;

	}

	static class Generic<C> {

		@Discover(publisher = "example", name = "clock")
		C client;

	}

	static class WithClock extends Generic<Clock> {

	}

	static class OfScopes {

		@Discover(publisher = "example", name = "clock", scopes = { Scope.WAN, Scope.LAN }, eager = true)
		private Connection clock;

	}

	static class OfPattern {

		@Discover(publisher = "example", name = "clock.*")
		private Connection clock;

	}

	static class OfText {

		@Discover(publisher = "example", name = "clock")
		private String clock;

	}

	static class OfTexts {

		@Discover(publisher = "example", name = "clock")
		private List<String> clock;

	}

	static class OfPlaceholder {

		@Discover(publisher = "example", name = "${nowhere}")
		private Connection clock;

	}

	static class OfTimeout {

		@Discover(publisher = "example", name = "clock", timeout = "soon")
		private Connection clock;

	}

	static class OfNegative {

		@Discover(publisher = "example", name = "clock", discoverTimeout = "-1s")
		private Connection clock;

	}

	static class OfProvider {

		@Discover(publisher = "example", name = "clock", providers = "not valid")
		private Connection clock;

	}

	static class OfSelection {

		@Discover(publisher = "example", name = "clock", selection = "best")
		private Connection clock;

	}

}
