package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each end of a connection is told which of the two closed it, and why, in every scope
 * alike.
 */
class WhoClosedTests {

	private static final ServiceName SERVICE = new ServiceName("test", "closing");

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final ErrorInfo REASON = new ErrorInfo(ErrorCode.FAILED_PRECONDITION, "the trial is over");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CompletableFuture<ErrorInfo> disconnected = new CompletableFuture<>();

	private final AtomicReference<ContextStream> talk = new AtomicReference<>();

	private final AtomicBoolean working = new AtomicBoolean();

	/** The streams of which the close hook was told. */
	private final List<Integer> closed = new CopyOnWriteArrayList<>();

	private AdaptiveNode server;

	private final CompletableFuture<Talk> work = new CompletableFuture<>();

	private Connection connect(Scope scope) {
		boolean tcp = scope == Scope.LAN;
		this.server = tcp ? this.nodes.node((builder) -> builder.listen(0), Scope.OS) : this.nodes.node(scope);
		this.server.newServer().publish(Service.named(SERVICE).handle(Talk.class, (talk, stream) -> {
			this.talk.set(stream);
			return talk;
		}).handle(Work.class, (work, stream) -> {
			this.talk.set(stream);
			this.working.set(true);
			return this.work;
		}).onStreamClose((stream) -> this.closed.add(stream.streamId())).onConnect((connection) -> {
		}).onDisconnect((connection, cause) -> this.disconnected.complete(cause)));
		return this.nodes.connect(this.nodes.node(tcp ? Scope.OS : scope), scope, SERVICE);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aServerWhoseClientClosesIsToldThatThePeerClosed(Scope scope) {
		Connection connection = connect(scope);
		connection.sendRecv(new Talk(1), Talk.class);
		CompletableFuture<Talk> waiting = connection.newStream().async().recv(Talk.class);
		connection.close();
		assertThat(this.disconnected).succeedsWithin(LONG)
			.isEqualTo(new ErrorInfo(ErrorCode.UNAVAILABLE, "the peer closed the connection"));
		assertThat(waiting).failsWithin(LONG)
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(ConnectionLostException.class)
			.withMessageContaining("closed by this side");
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void theReasonOfTheEndThatClosesReachesTheOther(Scope scope) {
		Connection connection = connect(scope);
		connection.sendRecv(new Talk(1), Talk.class);
		((MultiplexedConnection) connection).close(REASON);
		assertThat(this.disconnected).succeedsWithin(LONG).isEqualTo(REASON);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHandlerOfAMessageSentOneWayLearnsThatNobodyListens(Scope scope) {
		Connection connection = connect(scope);
		MessageStream stream = connection.newStream();
		stream.send(new Talk(1));
		Awaitility.await().atMost(LONG).until(() -> this.talk.get() != null);
		assertThat(this.talk.get().isCancelled()).isFalse();
		stream.close();
		Awaitility.await().atMost(LONG).until(() -> this.talk.get().isCancelled());
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHandlerOfAMessageSentOneWayLearnsThatTheConnectionIsGone(Scope scope) {
		Connection connection = connect(scope);
		connection.send(new Talk(1));
		Awaitility.await().atMost(LONG).until(() -> this.talk.get() != null);
		assertThat(this.talk.get().isCancelled()).isFalse();
		connection.close();
		Awaitility.await().atMost(LONG).until(() -> this.talk.get().isCancelled());
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void workForAMessageSentOneWayGoesOnWhenItsStreamEnds(Scope scope) {
		Connection connection = connect(scope);
		MessageStream stream = connection.newStream();
		stream.send(new Work(1));
		Awaitility.await().atMost(LONG).until(() -> this.talk.get() != null);
		stream.close();
		Awaitility.await().atMost(LONG).until(() -> this.talk.get().isCancelled());
		connection.sendRecv(new Talk(1), Talk.class);
		assertThat(this.work).isNotDone();
		this.work.complete(new Talk(1));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aClientWhoseServerClosesIsToldThatThePeerClosed(Scope scope) {
		Connection connection = connect(scope);
		connection.sendRecv(new Talk(1), Talk.class);
		CompletableFuture<Talk> waiting = connection.newStream().async().recv(Talk.class);
		connection.sendRecv(new Talk(2), Talk.class);
		this.talk.get().context().closeConnection(REASON.code(), REASON.message());
		assertThat(((MultiplexedConnection) connection).whenClosed().toCompletableFuture()).succeedsWithin(LONG)
			.satisfies(WhoClosedTests::assertCause);
		assertThat(this.disconnected).succeedsWithin(LONG).satisfies(WhoClosedTests::assertCause);
		assertThat(waiting).failsWithin(LONG)
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOfSatisfying(ConnectionLostException.class, (ex) -> assertCause(ex.reason()));
	}

	private static void assertCause(ErrorInfo cause) {
		assertThat(cause.code()).isEqualTo(REASON.code());
		assertThat(cause.message()).isEqualTo(REASON.message());
		assertThat(cause.origin()).startsWith(SERVICE + "@");
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aClientWhoseServerLeavesIsToldSo(Scope scope) {
		Connection connection = connect(scope);
		connection.sendRecv(new Talk(1), Talk.class);
		this.server.close();
		assertThat(((MultiplexedConnection) connection).whenClosed().toCompletableFuture()).succeedsWithin(LONG)
			.isEqualTo(new ErrorInfo(ErrorCode.UNAVAILABLE, "the service is leaving"));
	}

	static Stream<Arguments> everyOneWayEnd() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream.of(false, true).map((connection) -> Arguments.of(scope, connection)));
	}

	/**
	 * The stream carried nothing but messages sent one way, of which one is still being
	 * handled.
	 */
	@ParameterizedTest
	@MethodSource("everyOneWayEnd")
	void theCloseHooksTellOfStreamsThatCarriedMessagesSentOneWay(Scope scope, boolean closesConnection) {
		Connection connection = connect(scope);
		MessageStream stream = connection.newStream();
		stream.send(new Talk(1));
		stream.send(new Work(2));
		Awaitility.await().atMost(LONG).until(() -> this.working.get());
		assertThat(this.closed).isEmpty();
		if (closesConnection) {
			connection.close();
		}
		else {
			stream.close();
		}
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.closed)
				.containsExactlyInAnyOrder(closesConnection ? new Integer[] { 3, 1 } : new Integer[] { 3 }));
		assertThat(this.talk.get().isCancelled()).isTrue();
		this.work.complete(new Talk(1));
		if (closesConnection) {
			assertThat(this.disconnected).succeedsWithin(LONG);
		}
		else {
			assertThat(this.disconnected).isNotDone();
		}
	}

	record Work(int number) {
	}

	record Talk(int number) {
	}

}
