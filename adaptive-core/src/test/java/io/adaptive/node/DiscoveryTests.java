package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceAlreadyPublishedException;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Publishing and finding.
 */
class DiscoveryTests {

	private static final ServiceName SERVICE = new ServiceName("acme", "clock");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private static Service clock() {
		return Service.named(SERVICE).handle(Ask.class, (ask) -> ask);
	}

	private static void assertWorks(AdaptiveClient client) {
		try (Connection connection = client.discoverTimeout(LONG).discover(SERVICE)) {
			assertThat(connection.sendRecv(new Ask(1), Ask.class)).isEqualTo(new Ask(1));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 300, 1000 })
	void aServiceThatDoesNotAppearIsNotFoundPromptlyAtTheTimeout(long millis) {
		AdaptiveClient client = this.nodes.node(Scope.PROCESS, Scope.OS)
			.newClient()
			.discoverTimeout(Duration.ofMillis(millis));
		long start = System.nanoTime();
		assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> client.discover("acme", "clock"))
			.withMessageContaining("\"acme\"")
			.withMessageContaining("\"clock\"")
			.withMessageContaining("PROCESS, OS")
			.withMessageContaining(millis + " ms")
			.satisfies((ex) -> assertThat(ex.pattern()).isEqualTo(ServicePattern.of(SERVICE)))
			.satisfies((ex) -> assertThat(ex.scopes()).containsExactly(Scope.PROCESS, Scope.OS))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND))
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(millis),
				Duration.ofMillis(millis).plusSeconds(20));
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "rack-*", "*7", "r*k-*", "rack-7" })
	void aProviderIdInASearchMayHoldStars(String wanted) {
		this.nodes.node((builder) -> builder.providerId(new ProviderId("rack-7")), Scope.OS)
			.newServer()
			.publish(clock());
		AdaptiveClient client = this.nodes.node(Scope.OS).newClient();
		assertWorks(client.providers(new ProviderId("else"), new ProviderId(wanted)));
		assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(
				() -> client.providers(new ProviderId("rack-8*")).discoverTimeout(Duration.ZERO).discover(SERVICE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "ä", "a\n" })
	void aProviderIdThatNoMachineCanHaveIsRefused(String id) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ProviderId(id))
			.withMessageContaining("1 to 64 visible ASCII characters");
	}

	@Test
	void everyClientWaitsAsLongAsItsNodeWasToldUnlessItSaysOtherwise() {
		AdaptiveNode node = this.nodes.node((builder) -> builder.discoverTimeout(Duration.ofMillis(20)), Scope.PROCESS);
		for (AdaptiveClient client : List.of(node.newClient(), node.newClient().scopes(Scope.PROCESS))) {
			assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> client.discover(SERVICE))
				.withMessageContaining("within 20 ms");
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> client.discoverTimeout(Duration.ZERO).discover(SERVICE))
				.withMessageContaining("within 0 ms");
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> client.lazy(SERVICE).sendRecv(new Ask(1), Ask.class))
				.withMessageContaining("within 20 ms");
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> AdaptiveNode.builder().discoverTimeout(Duration.ofMillis(-1)))
			.withMessageContaining("at least 0 ms");
	}

	@Test
	void callersOfOneConnectionWaitTogetherAndAreToldHowLong() {
		AdaptiveClient client = this.nodes.node(Scope.PROCESS).newClient().discoverTimeout(Duration.ofMillis(400));
		try (Connection connection = client.lazy(SERVICE)) {
			List<CompletableFuture<Duration>> callers = IntStream.range(0, 20)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> waited(connection),
						(task) -> new Thread(task).start()))
				.toList();
			assertThat(callers).extracting(CompletableFuture::join)
				.allMatch((waited) -> waited.compareTo(Duration.ofMillis(4_000)) < 0);
		}
	}

	private static Duration waited(Connection connection) {
		long start = System.nanoTime();
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> connection.sendRecv(new Ask(1), Ask.class))
			.withMessageContaining("within 400 ms");
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Test
	void aMachineHasNoStarInItsId() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> AdaptiveNode.builder().providerId(new ProviderId("rack-*")))
			.withMessageContaining("rack-*")
			.withMessageContaining("no *");
	}

	@Test
	void withoutATimeoutItOnlyLooks() {
		AdaptiveNode node = this.nodes.node(Scope.OS);
		AdaptiveClient client = node.newClient().discoverTimeout(Duration.ZERO);
		assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> client.discover(SERVICE))
			.withMessageContaining("scope OS");
		this.nodes.node(Scope.OS).newServer().publish(clock());
		assertWorks(client);
	}

	@Test
	void aServiceIsOnlyFoundByItsWholeName() {
		AdaptiveNode node = this.nodes.node(Scope.OS, Scope.PROCESS);
		node.newServer().publish(clock());
		AdaptiveClient client = node.newClient().discoverTimeout(Duration.ZERO);
		for (String other : new String[] { "Clock", "cloc", "clocks" }) {
			assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> client.discover("acme", other));
		}
		assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> client.discover("clock", "acme"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a_b", "a/b", "a*", "", "a b" })
	void aForbiddenNameIsRefusedWhereItIsDeclared(String name) {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		assertThatIllegalArgumentException().isThrownBy(() -> Service.named("acme", name));
		assertThatIllegalArgumentException().isThrownBy(() -> Service.named(name, "clock"));
		assertThatIllegalArgumentException().isThrownBy(() -> node.newClient().discover(name, "clock"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void whoeverWaitsFindsTheServiceWhenItIsPublished(Scope scope) throws Exception {
		AdaptiveNode client = this.nodes.node(scope);
		AdaptiveNode server = this.nodes.node(scope);
		ParallelThreads.run(200, (number) -> {
			if (number == 0) {
				server.newServer().publish(clock());
			}
			assertWorks(client.newClient());
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aServiceIsPublishedOncePerProgramAndTheFirstIsUnharmed(Scope scope) {
		AdaptiveNode node = this.nodes.node(scope);
		AdaptiveServer server = node.newServer();
		Publication first = server.publish(clock());
		for (AdaptiveServer again : new AdaptiveServer[] { server, node.newServer() }) {
			assertThatExceptionOfType(ServiceAlreadyPublishedException.class).isThrownBy(() -> again.publish(clock()))
				.withMessageContaining(SERVICE.toString())
				.withMessageContaining(scope.name())
				.satisfies((ex) -> assertThat(ex.service()).isEqualTo(SERVICE))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
		}
		assertWorks(node.newClient());
		first.close();
		server.publish(clock());
		assertWorks(node.newClient());
	}

	@Test
	void aServiceIsPublishedInAllOfItsScopesOrInNone() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS, Scope.OS);
		node.newServer().publish(clock().scopes(Scope.OS));
		assertThatExceptionOfType(ServiceAlreadyPublishedException.class)
			.isThrownBy(() -> node.newServer().publish(clock()));
		AdaptiveClient inProcess = this.nodes.node(Scope.PROCESS).newClient().discoverTimeout(Duration.ZERO);
		assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> inProcess.discover(SERVICE));
		node.newServer().publish(clock().scopes(Scope.PROCESS));
		assertWorks(inProcess);
	}

	@Test
	void aScopeThatTheNodeDoesNotHaveIsRefused() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		assertThatIllegalArgumentException().isThrownBy(() -> node.newServer().publish(clock().scopes(Scope.OS)))
			.withMessageContaining(SERVICE.toString())
			.withMessageContaining("OS")
			.withMessageContaining("PROCESS");
	}

	@Test
	void twoNodesOfOneProgramAreTwoInstancesInOsScopeAndOnePlaceInTheProcess() {
		AdaptiveNode first = this.nodes.node(Scope.PROCESS, Scope.OS);
		AdaptiveNode second = this.nodes.node(Scope.PROCESS, Scope.OS);
		first.newServer().publish(clock().scopes(Scope.OS));
		second.newServer().publish(clock().scopes(Scope.OS));
		first.newServer().publish(clock().scopes(Scope.PROCESS));
		assertThatExceptionOfType(ServiceAlreadyPublishedException.class)
			.isThrownBy(() -> second.newServer().publish(clock().scopes(Scope.PROCESS)))
			.withMessageContaining(first.instance().toString());
	}

	@Test
	void whereOneInstanceRefusesForGoodNoConnectionToTheOthersStays() {
		ProcessSpace space = new ProcessSpace();
		AdaptiveNode server = this.nodes.node((builder) -> builder.processSpace(space), Scope.PROCESS);
		AtomicInteger connected = new AtomicInteger();
		AtomicInteger lost = new AtomicInteger();
		for (String name : List.of("a", "b", "c", "d", "e")) {
			server.newServer()
				.publish(Service.named("acme", name)
					.onConnect((info) -> connected.incrementAndGet())
					.onDisconnect((info, cause) -> lost.incrementAndGet()));
		}
		AdaptiveClient client = this.nodes.node((builder) -> builder.processSpace(space), Scope.PROCESS).newClient();
		space.common()
			.table()
			.publish(SERVICE, server.instance(), new ProcessSettings(Limits.DEFAULT, new ForyCodec(), false),
					(link) -> {
						throw new ConnectionRefusedException(ErrorCode.PERMISSION_DENIED, "not you");
					});
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> client.discoverAll(new ServicePattern("acme", "*")))
			.withMessageContaining("not you");
		Awaitility.await().untilAsserted(() -> assertThat(lost).hasPositiveValue().hasValue(connected.get()));
	}

	@Test
	void theNearestScopeIsChosen() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS, Scope.OS);
		node.newServer().publish(clock());
		AdaptiveNode client = this.nodes.node(Scope.PROCESS, Scope.OS);
		try (Connection connection = client.newClient().discoverTimeout(LONG).discover(SERVICE)) {
			assertThat(connection.info().scope()).isEqualTo(Scope.PROCESS);
			assertThat(connection.info().peer()).isEqualTo(node.instance());
		}
	}

	@Test
	void anInterruptEndsTheWait() throws Exception {
		AdaptiveClient client = this.nodes.node(Scope.OS).newClient();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread waiting = new Thread(() -> {
			try {
				client.discover(SERVICE).close();
			}
			catch (RuntimeException ex) {
				interrupted.complete(Thread.currentThread().isInterrupted());
			}
		});
		waiting.start();
		waiting.interrupt();
		assertThat(interrupted.get(50, TimeUnit.SECONDS)).isTrue();
	}

	record Ask(int number) {
	}

}
