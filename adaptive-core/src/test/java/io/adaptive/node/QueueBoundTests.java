package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import io.adaptive.fixture.OwnThread;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.node.RunningNodeView;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What bounds the messages that wait in a node, over all its connections.
 */
@Timeout(60)
class QueueBoundTests {

	private static final ServiceName SERVICE = new ServiceName("test", "bound");

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final int CONNECTIONS = 4;

	private static final int STREAMS = 64;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CountDownLatch release = new CountDownLatch(1);

	private final AtomicInteger handled = new AtomicInteger();

	private final AtomicLong handledBytes = new AtomicLong();

	/**
	 * One worker, whatever happens.
	 */
	private static UnaryOperator<AdaptiveNodeBuilder> fixed(int queueSizePerCore) {
		return (builder) -> builder.scaleFactors(new ScaleFactors(1, queueSizePerCore, -1, 0));
	}

	private @Nullable Object block(Blob blob) throws InterruptedException {
		this.release.await();
		this.handled.incrementAndGet();
		this.handledBytes.addAndGet(blob.bytes.length);
		return null;
	}

	private List<Connection> connect(AdaptiveNode server, Scope scope) {
		AdaptiveNode client = this.nodes.node((scope == Scope.LAN) ? Scope.OS : scope);
		List<Connection> connections = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			connections
				.add((scope == Scope.LAN) ? client.newClient().connect(server.tcpEndpoint().orElseThrow(), SERVICE)
						: client.newClient().discover(SERVICE));
		}
		return connections;
	}

	/**
	 * Sends on all streams of all connections, without waiting.
	 */
	private static List<CompletableFuture<?>> flood(List<Connection> connections, int each, int size) {
		List<CompletableFuture<?>> sent = new ArrayList<>();
		for (Connection connection : connections) {
			for (int i = 0; i < STREAMS; i++) {
				MessageStream stream = connection.newStream();
				for (int j = 0; j < each; j++) {
					sent.add(stream.async().send(new Blob(new byte[size])));
				}
			}
		}
		return sent;
	}

	private static void awaitEmptyBooks(AdaptiveNode node) {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(budget(node).balance()).isEqualTo(new ReceiveBudget.Balance(0, 0, 0)));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void noMoreMessagesWaitThanTheQueueHolds(Scope scope) {
		AdaptiveNode server = this.nodes.node(fixed(4), scope);
		server.newServer().publish(Service.named(SERVICE).handle(Blob.class, this::block));
		int size = server.workers().queueSize();
		List<Connection> connections = connect(server, scope);
		floodWithin(size, server, connections);
	}

	private void floodWithin(int size, AdaptiveNode server, List<Connection> connections) {
		List<CompletableFuture<?>> sent = flood(connections, 4, 100);
		Awaitility.await().atMost(LONG).until(() -> server.workers().queued() == size);
		Awaitility.await()
			.during(Duration.ofMillis(300))
			.atMost(LONG)
			.until(() -> server.workers().queued() == size && budget(server).balance().messages() <= size);
		this.release.countDown();
		Awaitility.await().atMost(LONG).until(() -> this.handled.get() == sent.size());
		assertThat(sent).allSatisfy((each) -> assertThat(each).isCompleted());
		connections.forEach(Connection::close);
		awaitEmptyBooks(server);
	}

	@Test
	void allServicesAndScopesOfANodeShareItsQueue() {
		AdaptiveNode server = this.nodes.node(fixed(4), Scope.PROCESS, Scope.OS);
		List<Connection> connections = new ArrayList<>();
		for (ServiceName name : List.of(SERVICE, new ServiceName("test", "other"))) {
			server.newServer().publish(Service.named(name).handle(Blob.class, this::block));
			for (Scope scope : List.of(Scope.PROCESS, Scope.OS)) {
				connections.add(this.nodes.connect(this.nodes.node(scope), scope, name));
			}
		}
		floodWithin(server.workers().queueSize(), server, connections);
	}

	/**
	 * Within a process the largest message that may be encoded is no limit, also where
	 * messages wait for credit.
	 */
	@Test
	void messagesLargerThanTheLargestWaitWithinAProcessToo() {
		int size = 200_000;
		LinkSettings small = new LinkSettings(new Limits(100_000, 64 * 1024, 256 * 1024),
				LinkSettings.DEFAULT.handshakeTimeout(), LinkSettings.DEFAULT.pingAfter(),
				LinkSettings.DEFAULT.deadAfter());
		AdaptiveNode server = this.nodes
			.node((builder) -> fixed(1000).apply(builder).queueMemory(1 << 20).linkSettings(small), Scope.PROCESS);
		server.newServer().publish(Service.named(SERVICE).handle(Blob.class, this::block));
		List<CompletableFuture<?>> sent = flood(connect(server, Scope.PROCESS), 2, size);
		this.release.countDown();
		assertThat(sent).allSatisfy((each) -> assertThat(each).succeedsWithin(LONG));
		Awaitility.await().atMost(LONG).until(() -> this.handled.get() == sent.size());
		assertThat(this.handledBytes).hasValue((long) sent.size() * size);
	}

	/**
	 * Messages of three fragments and more: what has begun to arrive counts.
	 */
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void noMoreBytesWaitThanTheMemoryHolds(Scope scope) {
		int memory = 1 << 20;
		int size = 100_000;
		AdaptiveNode server = this.nodes.node((builder) -> fixed(1000).apply(builder).queueMemory(memory), scope);
		server.newServer().publish(Service.named(SERVICE).handle(Blob.class, this::block));
		List<Connection> connections = connect(server, scope);
		List<CompletableFuture<?>> sent = flood(connections, 1, size);
		// One beyond, and what each connection may have in any case.
		long most = memory + size + 1024 + CONNECTIONS * 16 * 1024L;
		Awaitility.await().atMost(LONG).until(() -> server.workers().queued() >= memory / size - CONNECTIONS);
		Awaitility.await()
			.during(Duration.ofMillis(300))
			.atMost(LONG)
			.until(() -> (server.workers().queued() + 1L) * size <= most && budget(server).balance().bytes() <= memory);
		this.release.countDown();
		Awaitility.await().atMost(LONG).until(() -> this.handled.get() == sent.size());
		assertThat(this.handledBytes).hasValue((long) sent.size() * size);
		connections.forEach(Connection::close);
		awaitEmptyBooks(server);
	}

	@ParameterizedTest
	@CsvSource({ "PROCESS,false", "PROCESS,true", "OS,false" })
	void oneMessageAtATimeMayBeLargerThanTheMemory(Scope scope, boolean copied) {
		AdaptiveNode server = this.nodes.node((builder) -> builder.copyInProcess(copied).queueMemory(16 * 1024), scope);
		server.newServer().publish(Service.named(SERVICE).handle(Blob.class, (blob) -> new Answer(blob.bytes.length)));
		List<Connection> connections = connect(server, scope);
		List<CompletableFuture<Answer>> answers = new ArrayList<>();
		for (Connection connection : connections) {
			for (int i = 0; i < 4; i++) {
				answers.add(connection.newStream().async().sendRecv(new Blob(new byte[1 << 20]), Answer.class));
			}
		}
		assertThat(answers)
			.allSatisfy((answer) -> assertThat(answer).succeedsWithin(LONG).isEqualTo(new Answer(1 << 20)));
		connections.forEach(Connection::close);
		awaitEmptyBooks(server);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void whatIdleConnectionsHoldIsAskedBackAndGivenToThoseThatSend(Scope scope) {
		AdaptiveNode server = this.nodes.node(fixed(1), scope);
		server.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.number)));
		List<Connection> connections = connect(server, scope);
		for (int round = 0; round < 3; round++) {
			for (Connection connection : connections) {
				assertThat(connection.async().sendRecv(new Ask(round), Answer.class)).succeedsWithin(LONG)
					.isEqualTo(new Answer(round));
			}
		}
		assertThat(budget(server).balance().messages()).isLessThanOrEqualTo(server.workers().queueSize());
		connections.forEach(Connection::close);
		awaitEmptyBooks(server);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aConnectionThatEndsGivesBackWhatItHeldOnceItsMessagesAreHandled(Scope scope) {
		AdaptiveNode server = this.nodes.node(fixed(4), scope);
		server.newServer().publish(Service.named(SERVICE).handle(Blob.class, this::block));
		int size = server.workers().queueSize();
		List<Connection> connections = connect(server, scope);
		flood(connections, 1, 100);
		Awaitility.await().atMost(LONG).until(() -> server.workers().queued() == size);
		connections.forEach(Connection::close);
		// They are still in the queue.
		Awaitility.await()
			.during(Duration.ofMillis(100))
			.atMost(LONG)
			.until(() -> budget(server).balance().equals(new ReceiveBudget.Balance(size, 0, 0)));
		this.release.countDown();
		awaitEmptyBooks(server);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aNodeThatIsClosedHasEmptyBooks(Scope scope) {
		AdaptiveNode server = this.nodes.node((builder) -> fixed(4).apply(builder).drainTimeout(Duration.ZERO), scope);
		server.newServer().publish(Service.named(SERVICE).handle(Blob.class, this::block));
		flood(connect(server, scope), 1, 100);
		Awaitility.await().atMost(LONG).until(() -> server.workers().queued() == server.workers().queueSize());
		server.close();
		awaitEmptyBooks(server);
	}

	@Test
	void shedMessagesAreRefusedInsteadOfHeldUp() {
		AdaptiveNode server = this.nodes.node((builder) -> fixed(1).apply(builder).shedding(true), Scope.OS);
		server.newServer().publish(Service.named(SERVICE).handle(Blob.class, this::block));
		List<CompletableFuture<?>> sent = flood(connect(server, Scope.OS), 1, 100);
		assertThat(sent).allSatisfy((each) -> assertThat(each).succeedsWithin(LONG));
		Awaitility.await()
			.atMost(LONG)
			.until(() -> server.statistics().queue().shed() >= sent.size() - server.workers().queueSize() - 1);
		this.release.countDown();
	}

	/**
	 * Whatever fills the queue, a handler that waits for its peer, or for this very node,
	 * goes on.
	 */
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void noHandlerWaitsForRoomThatItHoldsItself(Scope scope) throws Exception {
		for (int queueSize : new int[] { 1, 2, 8 }) {
			AdaptiveNode node = this.nodes.node((builder) -> builder
				.scaleFactors(ScaleFactors.DEFAULT.withQueueSizePerCore(queueSize).withMaxWorkers(64)), scope);
			ServiceName name = new ServiceName("test", "nested" + queueSize);
			Service service = Service.named(name).handle(Ask.class, (ask) -> nested(node, name, ask));
			node.newServer().publish(service.handle(Begin.class, (begin, stream) -> {
				stream.send(new Ask(begin.count));
				int sum = 0;
				for (int i = 0; i < begin.count; i++) {
					sum += stream.recv(Number.class).value;
				}
				return new Answer(sum);
			}));
			Connection connection = this.nodes.node(scope).newClient().discover(name);
			List<CompletableFuture<Answer>> answers = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				answers.add(connection.async().sendRecv(new Ask(2), Answer.class));
				answers.add(converse(connection));
			}
			assertThat(answers).as("queue size %d", queueSize)
				.allSatisfy((answer) -> assertThat(answer.get(30, TimeUnit.SECONDS)).isNotNull());
			connection.close();
		}
	}

	private static Answer nested(AdaptiveNode node, ServiceName name, Ask ask) {
		if (ask.number == 0) {
			return new Answer(0);
		}
		try (Connection own = node.newClient().discover(name)) {
			return new Answer(1 + own.sendRecv(new Ask(ask.number - 1), Answer.class).number);
		}
	}

	/**
	 * Begins a conversation in which the handler waits for ten messages.
	 */
	private static CompletableFuture<Answer> converse(Connection connection) {
		return CompletableFuture.supplyAsync(() -> {
			try (MessageStream stream = connection.newStream()) {
				stream.send(new Begin(10));
				stream.recv(Ask.class);
				for (int i = 0; i < 10; i++) {
					stream.send(new Number(i));
				}
				return stream.recv(Answer.class);
			}
		}, OwnThread.EXECUTOR);
	}

	record Blob(byte[] bytes) {
	}

	record Ask(int number) {
	}

	record Answer(int number) {
	}

	record Begin(int count) {
	}

	record Number(int value) {
	}

	private static ReceiveBudget budget(AdaptiveNode node) {
		return ((RunningNodeView) node.view()).receiveBudget();
	}

}
