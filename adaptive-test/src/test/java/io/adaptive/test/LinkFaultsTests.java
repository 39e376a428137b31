package io.adaptive.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.adaptive.annotation.Idempotent;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class LinkFaultsTests {

	private static final LinkSettings LITTLE_CREDIT = new LinkSettings(
			new Limits(Limits.MIN_CREDIT, Limits.MIN_CREDIT, 4 * Limits.MIN_CREDIT), Duration.ofSeconds(10),
			Duration.ofSeconds(5), Duration.ofSeconds(15));

	@AutoClose
	private final InMemoryNetwork network = new InMemoryNetwork();

	private final LinkFaults faults = this.network.faults();

	private final TestClock clock = this.network.clock();

	private final ServiceStub stub = this.network.stub("example", "numbers");

	private final AdaptiveClient client = this.network.newNode().newClient();

	// tag::lost[]
	@Test
	void aCallWhoseRequestIsLostMayHaveBeenProcessedForAllItsCallerKnows() {
		this.stub.on(Add.class).reply((add) -> new Sum(add.number() + 1));
		Connection connection = this.client.discover("example", "numbers");
		this.faults.loseConnectionBefore(Add.class);
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> connection.sendRecv(new Add(1), Sum.class))
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.UNKNOWN));
		assertThat(this.stub.received()).isEmpty();
	}

	@Test
	void aCallWhoseAnswerIsLostWasProcessed() {
		this.stub.on(Add.class).reply((add) -> new Sum(add.number() + 1));
		Connection connection = this.client.discover("example", "numbers");
		this.faults.loseConnectionBeforeAnswer(Add.class);
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> connection.sendRecv(new Add(1), Sum.class))
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.UNKNOWN));
		assertThat(this.stub.received()).containsExactly(new Add(1));
	}

	@Test
	void anIdempotentCallIsSentAgain() {
		this.stub.on(Look.class).replyWith(new Sum(42));
		Connection reconnecting = this.client.lazy(new ServiceName("example", "numbers"));
		this.faults.loseConnectionBeforeAnswer(Look.class);
		assertThat(reconnecting.sendRecv(new Look(), Sum.class)).isEqualTo(new Sum(42));
		assertThat(this.stub.received()).hasSize(2);
	}
	// end::lost[]

	@Test
	void anotherCallIsNotSentAgain() {
		this.stub.on(Add.class).replyWith(new Sum(42));
		Connection reconnecting = this.client.lazy(new ServiceName("example", "numbers"));
		this.faults.loseConnectionBeforeAnswer(Add.class);
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> reconnecting.sendRecv(new Add(1), Sum.class));
		assertThat(reconnecting.sendRecv(new Add(2), Sum.class)).isEqualTo(new Sum(42));
		assertThat(this.stub.received()).containsExactly(new Add(1), new Add(2));
	}

	@Test
	void aMessageThatIsSentOneWayArrivesBeforeTheConnectionIsLostBehindIt() {
		this.stub.on(Add.class).acknowledge();
		Connection connection = this.client.discover("example", "numbers");
		this.faults.loseConnectionBeforeAnswer(Add.class);
		connection.send(new Add(1));
		assertThat(this.stub.awaitReceived(Add.class, 1)).containsExactly(new Add(1));
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> connection.recv(Sum.class));
		assertThat(connection.isOpen()).isFalse();
	}

	@Test
	void aFailureThatIsLostIsNotToldEither() {
		this.stub.on(Add.class).fail(ErrorCode.ABORTED, "no");
		Connection connection = this.client.discover("example", "numbers");
		this.faults.loseConnectionBeforeAnswer(Add.class);
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> connection.sendRecv(new Add(1), Sum.class));
		Connection next = this.client.discover("example", "numbers");
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> next.sendRecv(new Add(1), Sum.class));
	}

	@Test
	void losingConnectionsEndsTheCallsAndStreamsThatAreOpen() {
		this.stub.on(Add.class).stayMute();
		Connection connection = this.client.discover("example", "numbers");
		CompletableFuture<Sum> call = connection.async().sendRecv(new Add(1), Sum.class);
		MessageStream stream = connection.newStream();
		this.stub.awaitReceived(Add.class, 1);
		this.faults.of("example", "others").loseConnections();
		assertThat(connection.isOpen()).isTrue();
		this.faults.loseConnections();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> call.orTimeout(10, TimeUnit.SECONDS).join())
			.withCauseInstanceOf(ConnectionLostException.class)
			.withMessageContaining("lost by the test's LinkFaults");
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> stream.recv(Sum.class));
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> connection.send(new Add(2)))
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
	}

	// tag::slow[]
	@Test
	void aSlowReaderLetsTheSenderRunOutOfCredit() {
		Connection connection = connectToLittleCredit();
		this.clock.stop();
		this.faults.readSlowly(Duration.ofSeconds(1));
		List<CompletableFuture<Void>> sent = sendMoreThanThereIsCreditFor(connection);
		CompletableFuture<Void> last = sent.get(sent.size() - 1).orTimeout(10, TimeUnit.SECONDS);
		assertThat(last).isNotDone();
		// The credit that the sender asks for is read as slowly.
		while (!last.isDone()) {
			this.clock.advance(Duration.ofSeconds(1));
		}
		last.join();
	}
	// end::slow[]

	@Test
	void whatWaitsForCreditWhenTheConnectionIsLostWasNotSent() {
		Connection connection = connectToLittleCredit();
		this.faults.hold();
		List<CompletableFuture<Void>> sent = sendMoreThanThereIsCreditFor(connection);
		this.faults.loseConnections();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> sent.get(sent.size() - 1).orTimeout(10, TimeUnit.SECONDS).join())
			.havingCause()
			.isInstanceOfSatisfying(ConnectionLostException.class,
					(ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
	}

	private Connection connectToLittleCredit() {
		this.network.newNode((settings) -> settings.linkSettings(LITTLE_CREDIT))
			.newServer()
			.publish(Service.named("example", "small").handle(Add.class, (add) -> null));
		return this.client.discover("example", "small");
	}

	private static List<CompletableFuture<Void>> sendMoreThanThereIsCreditFor(Connection connection) {
		return IntStream.rangeClosed(0, (int) Limits.MIN_CREDIT / Limits.MIN_COST + 1)
			.mapToObj((number) -> connection.async().send(new Add(number)))
			.toList();
	}

	@Test
	void aCallThatTheLeavingServiceNeverTookWasNotProcessed() {
		this.stub.on(Add.class).replyWith(new Sum(1));
		Connection connection = this.client.discover("example", "numbers");
		this.faults.hold();
		CompletableFuture<Sum> call = connection.async().sendRecv(new Add(1), Sum.class);
		this.stub.close();
		this.faults.release();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> call.orTimeout(10, TimeUnit.SECONDS).join())
			.havingCause()
			.isInstanceOfSatisfying(ConnectionLostException.class,
					(ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_PROCESSED));
	}

	// tag::refused[]
	@Test
	void aRefusedConnectionWasNotSent() {
		this.faults.refuseConnections();
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> this.client
				.connect(this.client.list(ServicePattern.of(new ServiceName("example", "numbers"))).get(0)))
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAVAILABLE));
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> this.client.discoverTimeout(Duration.ZERO).discover("example", "numbers"));
	}
	// end::refused[]

	@Test
	void onlySoManyConnectionsAreRefused() {
		this.faults.of("example", "numbers").refuseConnections(2);
		this.stub.on(Add.class).replyWith(new Sum(1));
		Connection connection = this.client.discover("example", "numbers");
		assertThat(connection.sendRecv(new Add(1), Sum.class)).isEqualTo(new Sum(1));
	}

	// tag::delay[]
	@Test
	void aDelayElapsesByTheClock() {
		this.stub.on(Add.class).replyWith(new Sum(1));
		Connection connection = this.client.discover("example", "numbers");
		this.clock.stop();
		this.faults.delay(Duration.ofHours(1));
		CompletableFuture<Sum> call = connection.async().sendRecv(new Add(1), Sum.class);
		this.faults.delay(Duration.ZERO); // the answer comes at once
		this.clock.advance(Duration.ofMinutes(59));
		assertThat(this.stub.received()).isEmpty();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(call.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(new Sum(1));
	}
	// end::delay[]

	@Test
	void aDelayThatIsDrawnKeepsTheOrder() {
		this.faults.delay(Duration.ZERO, Duration.ofMillis(2));
		assertThatStreamsKeepTheirOrder();
	}

	@Test
	void nothingOvertakesWithinAStream() {
		this.faults.seed(7).reorderStreams(Duration.ofMillis(20));
		assertThatStreamsKeepTheirOrder();
	}

	private void assertThatStreamsKeepTheirOrder() {
		this.stub.on(Start.class).handle((start, stream) -> {
			while (true) {
				stream.send(stream.recv(Add.class));
			}
		});
		Connection connection = this.client.discover("example", "numbers");
		List<MessageStream> streams = IntStream.range(0, 5).mapToObj((number) -> connection.newStream()).toList();
		streams.forEach((stream) -> stream.send(new Start()));
		List<Add> sent = IntStream.range(0, 50).mapToObj(Add::new).toList();
		sent.forEach((add) -> streams.forEach((stream) -> stream.send(add)));
		for (MessageStream stream : streams) {
			stream.setReceiveTimeout(Duration.ofSeconds(20));
			assertThat(sent).allSatisfy((add) -> assertThat(stream.recv(Add.class)).isEqualTo(add));
		}
	}

	@Test
	void whatIsHeldArrivesWhenItIsReleased() {
		this.stub.on(Add.class).replyWith(new Sum(1));
		Connection connection = this.client.discover("example", "numbers");
		this.faults.hold();
		CompletableFuture<Sum> call = connection.async().sendRecv(new Add(1), Sum.class);
		CompletableFuture<Connection> another = CompletableFuture
			.supplyAsync(() -> this.client.discover("example", "numbers"));
		this.clock.awaitWaiting(1);
		assertThat(call).isNotDone();
		assertThat(another).isNotDone();
		this.faults.release();
		assertThat(call.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(new Sum(1));
		assertThat(another.orTimeout(10, TimeUnit.SECONDS).join().isOpen()).isTrue();
	}

	@Test
	void whatIsHeldIsLostWithItsConnection() {
		this.stub.on(Add.class).replyWith(new Sum(1));
		Connection connection = this.client.discover("example", "numbers");
		this.faults.hold();
		CompletableFuture<Sum> call = connection.async().sendRecv(new Add(1), Sum.class);
		this.faults.loseConnections().release();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> call.orTimeout(10, TimeUnit.SECONDS).join())
			.withCauseInstanceOf(ConnectionLostException.class);
		assertThat(this.stub.received()).isEmpty();
	}

	@Test
	void aClosedConnectionDeliversWhatWasSentBefore() {
		this.stub.on(Add.class).acknowledge();
		Connection connection = this.client.discover("example", "numbers");
		this.faults.delay(Duration.ofMillis(50));
		connection.send(new Add(1));
		connection.close();
		assertThat(this.stub.awaitReceived(Add.class, 1)).containsExactly(new Add(1));
	}

	@Test
	void faultsOfOneServiceLeaveTheOthersAlone() {
		this.stub.on(Add.class).replyWith(new Sum(1));
		this.network.stub("example", "others").on(Add.class).replyWith(new Sum(2));
		this.clock.stop();
		this.faults.of("example", "others").hold();
		assertThat(this.client.discover("example", "numbers").sendRecv(new Add(1), Sum.class)).isEqualTo(new Sum(1));
		this.faults.reset();
		assertThat(this.client.discover("example", "others").sendRecv(new Add(1), Sum.class)).isEqualTo(new Sum(2));
	}

	@Test
	void resettingLetsArriveWhatIsOnItsWay() {
		this.stub.on(Add.class).replyWith(new Sum(1));
		Connection connection = this.client.discover("example", "numbers");
		this.clock.stop();
		this.faults.delay(Duration.ofHours(1)).hold();
		CompletableFuture<Sum> call = connection.async().sendRecv(new Add(1), Sum.class);
		this.faults.reset();
		assertThat(call.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(new Sum(1));
		assertThat(connection.sendRecv(new Add(2), Sum.class)).isEqualTo(new Sum(1));
	}

	@Test
	void timesThatAreNoneAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.faults.delay(Duration.ofMillis(-1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.faults.delay(Duration.ofMillis(2), Duration.ofMillis(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.faults.readSlowly(Duration.ofMillis(-1)));
	}

	record Start() {
	}

	record Add(int number) {
	}

	@Idempotent
	record Look() {
	}

	record Sum(int number) {
	}

}
