package io.adaptive.node;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ServiceWatch;
import io.adaptive.client.Watch;
import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Watching services, and finding several at once.
 */
class ServiceWatchTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final ServicePattern TESTS = new ServicePattern("test", "*");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private static Service service(String name) {
		return Service.named("test", name).handle(Ask.class, (ask) -> new Answer(name));
	}

	private static String text(ServiceEvent event) {
		return event.getClass().getSimpleName() + " " + event.instance().service().name();
	}

	private static String next(ServiceWatch watch) {
		return text(watch.next(LONG).orElseThrow());
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void whatAppearsAndGoesIsTold(Scope scope) {
		AdaptiveNode server = this.nodes.node(scope);
		server.newServer().publish(service("a"));
		try (ServiceWatch watch = this.nodes.node(scope).newClient().watch(TESTS)) {
			assertThat(next(watch)).isEqualTo("Appeared a");
			assertThat(watch.next(Duration.ZERO)).isEmpty();
			Publication b = server.newServer().publish(service("b"));
			assertThat(next(watch)).isEqualTo("Appeared b");
			server.newServer().publish(Service.named("other", "c"));
			b.close();
			assertThat(next(watch)).isEqualTo("Gone b");
			server.close();
			assertThat(next(watch)).isEqualTo("Gone a");
		}
	}

	@RepeatedTest(20)
	void anIteratorWaitsAndEndsWhenTheWatchIsClosed() throws Exception {
		AdaptiveNode server = this.nodes.node(Scope.PROCESS);
		ServiceWatch watch = this.nodes.node(Scope.PROCESS).newClient().watch(TESTS);
		CompletableFuture<String> first = new CompletableFuture<>();
		CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
			Iterator<ServiceEvent> events = watch.iterator();
			first.complete(text(events.next()));
			return !events.hasNext();
		});
		server.newServer().publish(service("a"));
		assertThat(first.get(50, TimeUnit.SECONDS)).isEqualTo("Appeared a");
		watch.close();
		assertThat(ended.get(50, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aWatchEndsWithItsNode() throws Exception {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		ServiceWatch watch = node.newClient().watch(TESTS);
		CompletableFuture<Optional<ServiceEvent>> next = CompletableFuture.supplyAsync(() -> watch.next(LONG));
		node.close();
		assertThat(next.get(50, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void whatCameAndWentMeanwhileIsNotTold() {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		try (ServiceWatch watch = this.nodes.node(Scope.OS).newClient().watch(TESTS)) {
			server.newServer().publish(service("a")).close();
			server.newServer().publish(service("b"));
			assertThat(next(watch)).isEqualTo("Appeared b");
		}
	}

	@Test
	void aListenerIsToldOneAfterTheOtherAlsoAfterItHasFailed() {
		AdaptiveNode server = this.nodes.node(Scope.PROCESS);
		Queue<String> told = new ConcurrentLinkedQueue<>();
		Watch watch = this.nodes.node(Scope.PROCESS).newClient().watch(TESTS, (event) -> {
			told.add(text(event));
			if (told.size() == 1) {
				throw new IllegalStateException("listener");
			}
		});
		Publication a = server.newServer().publish(service("a"));
		Awaitility.await().untilAsserted(() -> assertThat(told).containsExactly("Appeared a"));
		a.close();
		Awaitility.await().untilAsserted(() -> assertThat(told).containsExactly("Appeared a", "Gone a"));
		watch.close();
		server.newServer().publish(service("b"));
		assertThat(told).hasSize(2);
	}

	@Test
	void aFluxTellsWhatIsRequestedAndNoMore() {
		AdaptiveNode server = this.nodes.node(Scope.PROCESS);
		server.newServer().publish(service("a"));
		server.newServer().publish(service("b"));
		AdaptiveNode client = this.nodes.node(Scope.PROCESS);
		Queue<String> told = new ConcurrentLinkedQueue<>();
		BaseSubscriber<ServiceEvent> subscriber = new BaseSubscriber<>() {
			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(1);
			}

			@Override
			protected void hookOnNext(ServiceEvent event) {
				told.add(text(event));
			}
		};
		client.newClient().changes(TESTS).subscribe(subscriber);
		Awaitility.await().until(() -> told.size() == 1);
		Queue<String> allTold = new ConcurrentLinkedQueue<>();
		Watch other = client.newClient().watch(TESTS, (event) -> allTold.add(text(event)));
		server.newServer().publish(service("c"));
		Awaitility.await().until(() -> allTold.size() == 3);
		assertThat(told).hasSize(1);
		subscriber.request(1);
		Awaitility.await().until(() -> told.size() == 2);
		subscriber.request(Long.MAX_VALUE);
		Awaitility.await().until(() -> told.size() == 3);
		assertThat(told).containsExactlyInAnyOrder("Appeared a", "Appeared b", "Appeared c");
		subscriber.cancel();
		server.newServer().publish(service("d"));
		Awaitility.await().until(() -> allTold.size() == 4);
		assertThat(told).hasSize(3);
		other.close();
	}

	@SlowTest
	@Test
	void aKilledProgramIsGone() {
		try (ChildJvm program = ChildJvm.start(EchoProgram.class, this.nodes.directory());
				ServiceWatch watch = this.nodes.node(Scope.OS).newClient().watch(TESTS)) {
			assertThat(text(watch.next(Duration.ofSeconds(60)).orElseThrow())).isEqualTo("Appeared echo");
			program.kill();
			assertThat(text(watch.next(Duration.ofSeconds(5)).orElseThrow())).isEqualTo("Gone echo");
		}
	}

	@Test
	void anInstanceThatIsFoundInTwoScopesCountsOnce() {
		AdaptiveNode server = this.nodes.node(Scope.PROCESS, Scope.OS);
		server.newServer().publish(service("a"));
		AdaptiveNode client = this.nodes.node(Scope.PROCESS, Scope.OS);
		assertThat(client.newClient().list(TESTS)).singleElement()
			.satisfies((found) -> assertThat(found.scope()).isEqualTo(Scope.PROCESS));
		assertThat(this.nodes.node(Scope.OS).newClient().list(TESTS)).singleElement()
			.satisfies((found) -> assertThat(found.scope()).isEqualTo(Scope.OS));
	}

	@Test
	void allInstancesThatMatchAreConnectedTo() {
		List<String> names = List.of("a", "b", "c");
		names.forEach((name) -> this.nodes.node(Scope.OS).newServer().publish(service(name)));
		this.nodes.node(Scope.OS).newServer().publish(service("a"));
		List<Connection> connections = this.nodes.node(Scope.OS).newClient().discoverAll(TESTS);
		assertThat(connections).extracting((each) -> each.sendRecv(new Ask(), Answer.class).name())
			.containsExactlyInAnyOrder("a", "a", "b", "c");
	}

	@Test
	void onlyTheProvidersThatAreNamedAreConnectedTo() {
		LanSettings lan = LanSettings.DEFAULT.port(LanDiscoveryTests.freePort()).interfaces("lo");
		ProviderId one = new ProviderId("one");
		ProviderId two = new ProviderId("two");
		ProviderId absent = new ProviderId("absent");
		for (ProviderId provider : List.of(one, two, new ProviderId("three"))) {
			this.nodes.node((builder) -> builder.providerId(provider).lan(lan)).newServer().publish(service("a"));
		}
		AdaptiveClient client = this.nodes.node((builder) -> builder.lan(lan)).newClient();
		ServicePattern pattern = ServicePattern.of(new ServiceName("test", "a"));
		// All that are known are connected to, and not all need be known at once.
		Awaitility.await().atMost(LONG).until(() -> client.list(pattern).size() == 3);
		List<Connection> connections = client.providers(one, two, absent).discoverAll(pattern);
		assertThat(connections).extracting((each) -> each.info().peer().provider()).containsExactlyInAnyOrder(one, two);
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> client.providers(absent).discoverTimeout(Duration.ZERO).discover("test", "a"));
	}

	@Test
	void aForeignProviderIsNotLookedForInTheProcess() {
		this.nodes.node((builder) -> builder.providerId(new ProviderId("own")), Scope.PROCESS)
			.newServer()
			.publish(service("a"));
		AdaptiveNode foreign = this.nodes.node((builder) -> builder.providerId(new ProviderId("foreign")), Scope.OS);
		foreign.newServer().publish(service("a"));
		try (Connection connection = this.nodes.node(Scope.PROCESS, Scope.OS)
			.newClient()
			.providers(new ProviderId("foreign"))
			.discover("test", "a")) {
			assertThat(connection.info().scope()).isEqualTo(Scope.OS);
			assertThat(connection.info().peer()).isEqualTo(foreign.instance());
		}
	}

	record Ask() {
	}

	record Answer(String name) {
	}

}
