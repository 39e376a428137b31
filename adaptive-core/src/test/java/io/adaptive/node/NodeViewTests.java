package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.Priority;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.server.ServiceStatus;
import io.adaptive.server.UnpublishResult;
import io.adaptive.settings.Limits;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.status.SearchStatus;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a node shows to the person who runs it.
 */
class NodeViewTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final ServiceName ECHO = new ServiceName("test", "echo");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CountDownLatch handling = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private Service echo() {
		return Service.named(ECHO).handle(Text.class, (text) -> text);
	}

	/** Its handler waits to be let go. */
	private Service slow() {
		return Service.named(ECHO).handle(Text.class, (text) -> {
			this.handling.countDown();
			this.release.await(50, TimeUnit.SECONDS);
			return text;
		});
	}

	private static ServiceStatus service(AdaptiveNode node) {
		return node.view().services().stream().filter((each) -> each.service().equals(ECHO)).findFirst().orElseThrow();
	}

	@Test
	void publishedServicesAreShownWithTheirHandlersAndBuiltinOnes() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS, Scope.OS);
		node.newServer()
			.publish(echo().options(Text.class, HandlerOptions.DEFAULT.priority(Priority.HIGH).asNonBlocking())
				.ordered());
		ServiceStatus status = service(node);
		assertThat(status.scopes()).containsExactlyInAnyOrder(Scope.PROCESS, Scope.OS);
		assertThat(status.ordered()).isTrue();
		assertThat(status.isDraining()).isFalse();
		assertThat(status.messages()).singleElement().satisfies((message) -> {
			assertThat(message.name()).isEqualTo(Text.class.getName());
			assertThat(message.type()).isEqualTo(Text.class);
			assertThat(message.options().priority()).isEqualTo(Priority.HIGH);
			assertThat(message.options().nonBlocking()).isTrue();
		});
		assertThat(node.view().services()).extracting(ServiceStatus::service)
			.contains(new ServiceName("builtin", "serviceLister"));
		assertThat(node.view().socket()).get().satisfies((socket) -> assertThat(socket).exists());
		assertThat(node.view().socketDirectory()).contains(this.nodes.directory());
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void bothEndsOfAConnectionAreShownWithWhatIsInFlight(Scope scope) throws InterruptedException {
		AdaptiveNode server = this.nodes.node(scope);
		server.newServer().publish(slow());
		AdaptiveNode client = this.nodes.node(scope);
		Connection connection = client.newClient().discoverTimeout(LONG).discover(ECHO);
		CompletableFuture<Text> answer = connection.newStream().async().sendRecv(new Text("a"), Text.class);
		assertThat(this.handling.await(50, TimeUnit.SECONDS)).isTrue();
		ConnectionStatus sending = connectionTo(client);
		assertThat(sending.side()).isEqualTo(ConnectionStatus.Side.CLIENT);
		assertThat(sending.info().peer()).isEqualTo(server.instance());
		assertThat(sending.open()).isTrue();
		assertThat(sending.leaving()).isFalse();
		assertThat(sending.streams()).isEqualTo(2);
		assertThat(sending.callsSent()).isEqualTo(1);
		assertThat(sending.callsReceived()).isZero();
		assertThat(sending.age()).isPositive();
		ServiceStatus service = service(server);
		assertThat(service.inFlight()).isEqualTo(1);
		assertThat(service.connections()).singleElement().satisfies((receiving) -> {
			assertThat(receiving.side()).isEqualTo(ConnectionStatus.Side.SERVER);
			assertThat(receiving.info().peer()).isEqualTo(client.instance());
			assertThat(receiving.callsReceived()).isEqualTo(1);
		});
		this.release.countDown();
		assertThat(answer).succeedsWithin(LONG);
		await().untilAsserted(() -> assertThat(service(server).inFlight()).isZero());
		assertThat(connectionTo(client).callsSent()).isZero();
		connection.close();
		await().untilAsserted(() -> assertThat(client.view().connections()).isEmpty());
	}

	private static ConnectionStatus connectionTo(AdaptiveNode client) {
		return client.view()
			.connections()
			.stream()
			.filter((each) -> each.info().service().equals(ECHO))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void sendersThatWaitForTheirPeerAreShown() {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		server.newServer().publish(Service.named(ECHO).handle(Note.class, (note) -> note));
		AdaptiveNode client = this.nodes.node(Scope.OS);
		Connection connection = client.newClient().discoverTimeout(LONG).discover(ECHO);
		Service reader = Service.named("test", "reader");
		server.newServer()
			.publish(reader.handle(Text.class, (text, stream) -> this.release.await(50, TimeUnit.SECONDS)));
		Connection blocked = client.newClient().discoverTimeout(LONG).discover(reader.name());
		String large = "x".repeat(100_000);
		blocked.send(new Text("begin"));
		IntStream.range(0, 40).forEach((i) -> blocked.async().send(new Note(large)));
		await().untilAsserted(() -> {
			ConnectionStatus status = client.view()
				.connections()
				.stream()
				.filter((each) -> each.info().service().equals(reader.name()))
				.findFirst()
				.orElseThrow();
			assertThat(status.blockedStreams()).isEqualTo(1);
			assertThat(status.blockedMessages()).isPositive();
			assertThat(status.blockedFor()).isPositive();
		});
		assertThat(connectionTo(client).blockedStreams()).isZero();
		this.release.countDown();
		blocked.close();
		connection.close();
	}

	@Test
	void aSearchThatWaitsIsShownWithItsReasonAndForWhomItIs() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS, Scope.OS);
		AdaptiveClient client = node.newClient().discoverTimeout(LONG).scopes(Scope.OS).purpose("the greeter");
		CompletableFuture<Connection> found = CompletableFuture.supplyAsync(() -> client.discover(ECHO));
		await().untilAsserted(() -> assertThat(waiting(node)).isNotNull());
		SearchStatus search = waiting(node);
		assertThat(search.query().pattern()).isEqualTo(ServicePattern.of(ECHO));
		assertThat(search.scopes()).containsExactly(Scope.OS);
		assertThat(search.timeout()).isEqualTo(LONG);
		assertThat(search.known()).isZero();
		assertThat(search.lastError()).isNull();
		assertThat(search.purpose()).isEqualTo("the greeter");
		assertThat(search.thread()).isNotBlank();
		this.nodes.node(Scope.OS).newServer().publish(echo());
		assertThat(found).succeedsWithin(LONG);
		assertThat(node.view().searches()).isEmpty();
		found.join().close();
	}

	private static SearchStatus waiting(AdaptiveNode node) {
		List<SearchStatus> searches = node.view().searches();
		return searches.isEmpty() ? null : searches.get(0);
	}

	@Test
	void aSearchThatFindsOnlyWhatRefusesTellsTheRefusal() {
		ProcessSpace space = new ProcessSpace();
		AdaptiveNode node = this.nodes.node((builder) -> builder.processSpace(space), Scope.PROCESS);
		ProcessSettings settings = new ProcessSettings(Limits.DEFAULT, Codecs.available("fory").preferred(), false);
		ProcessTable.Registration refusing = space.common()
			.table()
			.publish(ECHO, new Instance(new ProviderId("other"), 1), settings, (link) -> {
				throw new ConnectionRefusedException(ErrorCode.UNAVAILABLE, "not today");
			});
		CompletableFuture<Connection> found = CompletableFuture
			.supplyAsync(() -> node.newClient().discoverTimeout(LONG).discover(ECHO));
		await().untilAsserted(() -> assertThat(waiting(node)).satisfies((search) -> {
			assertThat(search.known()).isEqualTo(1);
			assertThat(search.lastError()).contains("test/echo@process:", "not today");
		}));
		refusing.close();
		node.newServer().publish(echo());
		assertThat(found).succeedsWithin(LONG);
		found.join().close();
	}

	@Test
	void aServiceThatIsUnpublishedIsShownDrainingAndToldAsDrained() throws InterruptedException {
		AdaptiveNode server = this.nodes.node(Scope.PROCESS, Scope.OS);
		server.newServer().publish(slow().scopes(Scope.PROCESS));
		server.newServer().publish(slow().scopes(Scope.OS));
		Connection connection = this.nodes.node(Scope.OS).newClient().discoverTimeout(LONG).discover(ECHO);
		CompletableFuture<Text> answer = connection.async().sendRecv(new Text("a"), Text.class);
		assertThat(this.handling.await(50, TimeUnit.SECONDS)).isTrue();
		assertThat(server.view().isOutOfService()).isFalse();
		CompletableFuture<UnpublishResult> withdrawal = CompletableFuture
			.supplyAsync(() -> server.unpublish(ECHO).orElseThrow());
		await()
			.untilAsserted(() -> assertThat(server.view().services()).filteredOn((each) -> each.service().equals(ECHO))
				.anySatisfy((each) -> {
					assertThat(each.isDraining()).isTrue();
					assertThat(each.inFlight()).isEqualTo(1);
					assertThat(each.connections()).singleElement().matches(ConnectionStatus::leaving);
				}));
		assertThat(server.view().isOutOfService()).isTrue();
		this.release.countDown();
		assertThat(withdrawal).succeedsWithin(LONG).satisfies((done) -> {
			assertThat(done.scopes()).containsExactlyInAnyOrder(Scope.PROCESS, Scope.OS);
			assertThat(done.isDrained()).isTrue();
		});
		assertThat(answer).succeedsWithin(LONG);
		assertThat(server.view().services()).noneMatch((each) -> each.service().equals(ECHO));
		assertThat(server.unpublish(ECHO)).isEmpty();
		connection.close();
	}

	@Test
	void whatIsLeftWhenTheTimeIsUpIsTold() throws InterruptedException {
		AdaptiveNode server = this.nodes.node((builder) -> builder.drainTimeout(Duration.ofMillis(50)), Scope.OS);
		server.newServer().publish(slow());
		Connection connection = this.nodes.node(Scope.OS).newClient().discoverTimeout(LONG).discover(ECHO);
		CompletableFuture<Text> answer = connection.async().sendRecv(new Text("a"), Text.class);
		assertThat(this.handling.await(50, TimeUnit.SECONDS)).isTrue();
		assertThat(server.unpublish(ECHO)).get().satisfies((done) -> {
			assertThat(done.isDrained()).isFalse();
			assertThat(done.unfinished()).isEqualTo(1);
		});
		this.release.countDown();
		assertThat(answer).failsWithin(LONG);
		connection.close();
	}

	@Test
	void aNodeThatNeverPublishedIsNotOutOfServiceAndOneThatPublishesAgainIsBack() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS, Scope.OS);
		assertThat(node.view().isOutOfService()).isFalse();
		Publication publication = node.newServer().publish(echo());
		assertThat(node.view().isOutOfService()).isFalse();
		publication.close();
		assertThat(node.view().isOutOfService()).isFalse();
		node.newServer().publish(echo());
		assertThat(node.unpublish(ECHO)).isPresent();
		assertThat(node.view().isOutOfService()).isTrue();
		node.newServer().publish(echo().scopes(Scope.PROCESS));
		assertThat(node.view().isOutOfService()).isTrue();
		node.newServer().publish(echo().scopes(Scope.OS));
		assertThat(node.view().isOutOfService()).isFalse();
	}

	@Test
	void whatIsSeenIsListedInEachScopeAndKnownOnce() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS, Scope.OS);
		node.newServer().publish(echo());
		assertThat(node.view().list(new ServicePattern("te*", "echo"))).extracting(ServiceInstance::scope)
			.containsExactly(Scope.PROCESS, Scope.OS);
		assertThat(node.view().known()).filteredOn((each) -> each.service().equals(ECHO))
			.singleElement()
			.satisfies((each) -> assertThat(each.scope()).isEqualTo(Scope.PROCESS));
	}

	@Test
	void scaleFactorsAreShownWithTheMaximumThatCounts() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		assertThat(node.view().scaleFactors().maxWorkers()).isPositive();
		node.scale(new ScaleFactors(2, 64, 4, 9));
		assertThat(node.view().scaleFactors()).isEqualTo(new ScaleFactors(2, 64, 4, 9));
	}

	@Test
	void aNodeOfItsProcessAloneHasNoSocketAndNoLan() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		assertThat(node.view().socketDirectory()).isEmpty();
		assertThat(node.view().socket()).isEmpty();
		assertThat(node.view().lan()).isEmpty();
		assertThat(node.view().relays()).isEmpty();
	}

	record Text(String text) {
	}

	record Note(String text) {
	}

}
