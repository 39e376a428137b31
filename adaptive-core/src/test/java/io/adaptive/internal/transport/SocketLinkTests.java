package io.adaptive.internal.transport;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.adaptive.annotation.Message;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.internal.wire.Hello;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageTooLargeException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link LinkContractTests} over a socket, and what only a link that encodes can do.
 */
abstract class SocketLinkTests extends LinkContractTests {

	private static final int CLIENT_LIMIT = 100_000;

	private static final ErrorInfo ENOUGH = new ErrorInfo(ErrorCode.CANCELLED, "enough");

	/** Four of these are one byte more than a message name may have. */
	private static final String X64 = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

	/**
	 * Returns where {@link #listen} listens.
	 */
	abstract Endpoint endpoint();

	/**
	 * Connects to it without the framework.
	 */
	abstract SocketChannel connectRaw() throws IOException;

	final ServiceInstance target() {
		return new ServiceInstance(SERVICE, SERVER, (endpoint() instanceof Endpoint.UnixSocket) ? Scope.OS : Scope.LAN,
				endpoint());
	}

	@Test
	void whatIsSentBeforeTheLinkIsOpenLeavesWhenItIs() {
		RecordingReceiver server = new RecordingReceiver();
		RecordingReceiver client = new RecordingReceiver();
		startListening((link) -> {
			link.send(new Envelope.Credit(0, 1));
			return server;
		});
		Link link = dial((dialed) -> {
			dialed.send(new Envelope.Credit(0, 2));
			return client;
		}).orTimeout(20, TimeUnit.SECONDS).join();
		assertThat(client.awaitEnvelopes(1)).containsExactly(new Envelope.Credit(0, 1));
		assertThat(server.awaitEnvelopes(1)).containsExactly(new Envelope.Credit(0, 2));
		assertThat(client.opened).containsExactly(0);
		assertThat(server.opened).containsExactly(0);
		link.close(ENOUGH);
		assertThat(server.awaitClosed()).isEqualTo(Link.CLOSED_BY_PEER);
	}

	@Test
	void whatIsSentBeforeTheLinkIsRefusedIsReleased() {
		startListening((link) -> {
			// The check for leaks does the asserting.
			link.send(new Envelope.GoAway(0, ENOUGH));
			throw new ConnectionRefusedException(ErrorCode.PERMISSION_DENIED, "not today");
		});
		assertThat(dial((dialed) -> new RecordingReceiver())).failsWithin(20, TimeUnit.SECONDS)
			.withThrowableThat()
			.withMessageContaining("not today");
	}

	@Test
	void aLinkThatIsClosedWhileItsReceiverDecidesIsNeverOpened() {
		CompletableFuture<Link> accepted = new CompletableFuture<>();
		CompletableFuture<?> decision = new CompletableFuture<>();
		RecordingReceiver server = new RecordingReceiver() {

			@Override
			public CompletionStage<?> admission() {
				return decision;
			}

		};
		startListening((link) -> {
			accepted.complete(link);
			return server;
		});
		CompletableFuture<Link> client = dial((dialed) -> new RecordingReceiver());
		Link link = accepted.orTimeout(20, TimeUnit.SECONDS).join();
		link.send(new Envelope.GoAway(0, ENOUGH));
		link.close(ENOUGH);
		assertThat(client).failsWithin(20, TimeUnit.SECONDS);
		decision.complete(null);
		assertThat(server.awaitClosed()).isEqualTo(ENOUGH);
		assertThat(server.opened).isEmpty();
	}

	@Test
	void aSmallMessageOvertakesALargeOneOfAnotherStream() {
		Ends ends = open();
		CountDownLatch gate = ends.server().received().shutGate();
		ends.client().send(message(1, new Numbered(0, 0)));
		Blob large = Blob.ofSize(16_000_000);
		ends.client().send(message(3, large));
		ends.client().send(message(5, new Numbered(0, 1)));
		ends.client().send(message(3, new Numbered(0, 2)));
		gate.countDown();
		List<Envelope> received = ends.server().received().awaitEnvelopes(4);
		assertThat(received).extracting((envelope) -> ((Envelope.Message) envelope).streamId())
			.containsExactly(1, 5, 3, 3);
		assertThat(decoded(received.get(2), Blob.class).bytes()).isEqualTo(large.bytes());
		ends.close();
	}

	@Test
	void controlGoesAheadOfMessages() {
		Ends ends = open();
		CountDownLatch gate = ends.server().received().shutGate();
		ends.client().send(message(1, new Numbered(0, 0)));
		ends.client().send(message(3, Blob.ofSize(10_000_000)));
		ends.client().send(new Envelope.Credit(0, 1));
		gate.countDown();
		assertThat(ends.server().received().awaitEnvelopes(3)).element(1).isEqualTo(new Envelope.Credit(0, 1));
		ends.close();
	}

	@Test
	void aResetDropsWhatWaitsInItsStreamAndNothingElse() {
		Ends ends = open();
		CountDownLatch gate = ends.server().received().shutGate();
		ends.client().send(message(1, new Numbered(0, 0)));
		Link client = ends.client().link();
		// Encoded before, or the first would be on its way by the time the next is sent.
		List<Link.PreparedEnvelope> large = Stream.of(3, 5)
			.map((stream) -> client
				.prepare(new Envelope.Message(stream, 0, 0, client.payload(Blob.ofSize(10_000_000)))))
			.toList();
		large.forEach(Link.PreparedEnvelope::send);
		Envelope.Reset reset = new Envelope.Reset(3, new ErrorInfo(ErrorCode.CANCELLED, "enough"));
		client.send(reset);
		gate.countDown();
		List<Envelope> received = ends.server().received().awaitEnvelopes(3);
		assertThat(received.get(1)).isEqualTo(reset);
		assertThat(decoded(received.get(2), Blob.class).bytes()).hasSize(10_000_000);
		ends.close();
	}

	@Test
	void aMessageOverThePeersLimitIsNotSentAndTheLinkLives() {
		Limits limits = new Limits(CLIENT_LIMIT, Limits.MIN_CREDIT, Limits.MIN_CREDIT);
		LinkSettings limited = new LinkSettings(limits, Duration.ofSeconds(10), Duration.ofSeconds(5),
				Duration.ofSeconds(15));
		SocketTransport transport = new SocketTransport(CLIENT, new ForyCodec(), limited);
		try {
			List<End> server = new CopyOnWriteArrayList<>();
			startListening((link) -> {
				server.add(new End(link, new RecordingReceiver()));
				return server.get(0).received();
			});
			RecordingReceiver received = new RecordingReceiver();
			Link client = transport.dial(endpoint(), DialTarget.of(target()), (link) -> received).join();
			assertThat(server.get(0).link().peerLimits()).isEqualTo(client.limits()).isEqualTo(limits);
			assertThat(client.peerLimits()).isEqualTo(Limits.DEFAULT.atTheStart(true));
			assertThatExceptionOfType(MessageTooLargeException.class)
				.isThrownBy(() -> server.get(0).send(message(1, Blob.ofSize(CLIENT_LIMIT))))
				.withMessageContaining(Blob.class.getName())
				.withMessageContaining(String.valueOf(CLIENT_LIMIT))
				.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
			server.get(0).send(message(1, Blob.ofSize(CLIENT_LIMIT - 100)));
			assertThat(decoded(received.awaitEnvelopes(1).get(0), Blob.class).bytes()).hasSize(CLIENT_LIMIT - 100);
			client.send(message(1, Blob.ofSize(CLIENT_LIMIT)));
			server.get(0).received().awaitEnvelopes(1);
			client.close(DONE);
			server.get(0).received().awaitClosed();
		}
		finally {
			transport.close();
		}
	}

	static Stream<Object> unencodable() {
		return Stream.of(new Holder(new Stranger()), new Nameless(1), new LongName(1));
	}

	@ParameterizedTest
	@MethodSource("unencodable")
	void aMessageThatCannotBeEncodedIsNotSentAndTheLinkLives(Object message) {
		Ends ends = open();
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> ends.client().send(message(1, message)))
				.withMessageContaining(message.getClass().getName())
				.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
			ends.client().send(message(1, new Numbered(0, i)));
		}
		List<Envelope> received = ends.server().received().awaitEnvelopes(3);
		assertThat(received).extracting((envelope) -> decoded(envelope, Numbered.class).number())
			.containsExactly(0, 1, 2);
		ends.close();
	}

	@Test
	void whatWasPreparedCanBeGivenUpOrComeTooLate() {
		Ends ends = open();
		Link.PreparedEnvelope discarded = ends.client().link().prepare(message(1, Blob.ofSize(1000)));
		Link.PreparedEnvelope late = ends.client().link().prepare(message(1, Blob.ofSize(1000)));
		assertThat(discarded.size()).isGreaterThan(1000).isLessThan(1100);
		discarded.discard();
		ends.client().send(message(1, new Numbered(0, 1)));
		assertThat(decoded(ends.server().received().awaitEnvelopes(1).get(0), Numbered.class).number()).isEqualTo(1);
		ends.close();
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(late::send)
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		assertThat(ends.server().received().envelopes).hasSize(1);
	}

	@Test
	void aPeerThatGoesBeforeItIsAcceptedIsOpenedAndThenClosedOrNeither() throws Exception {
		List<RecordingReceiver> accepted = new CopyOnWriteArrayList<>();
		startListening((link) -> {
			RecordingReceiver receiver = new RecordingReceiver();
			accepted.add(receiver);
			return receiver;
		});
		ByteBuf hello = Unpooled.buffer();
		new Hello(SERVICE, null, CLIENT, "fory", Limits.DEFAULT).write(hello);
		for (int i = 0; i < 20; i++) {
			try (SocketChannel channel = connectRaw()) {
				channel.write(hello.nioBuffer());
			}
		}
		Awaitility.await().until(() -> accepted.size() == 20);
		for (RecordingReceiver receiver : accepted) {
			receiver.awaitClosed();
		}
		assertThat(accepted).allSatisfy((receiver) -> {
			assertThat(receiver.closeCauses).hasSize(1);
			assertThat(receiver.opened).as("what had come before it was opened")
				.hasSizeLessThan(2)
				.allMatch((n) -> n == 0);
		});
	}

	@Test
	void aPeerThatBreaksARuleIsToldWhichBeforeTheLinkEnds() {
		Ends ends = open();
		ends.server().link().refuse("no such thing");
		ends.client().received().awaitClosed();
		assertThat(ends.server().received().awaitClosed().message()).isEqualTo("no such thing");
		assertThat(ends.client().received().envelopes).singleElement()
			.isInstanceOfSatisfying(Envelope.GoAway.class,
					(goAway) -> assertThat(goAway.cause().message()).isEqualTo("no such thing"));
	}

	@RepeatedTest(20)
	void nothingIsReceivedAfterTheEnd() throws Exception {
		Ends ends = open();
		ParallelThreads.run(3, (number) -> {
			if (number == 0) {
				ends.server().received().awaitEnvelopes(3);
				ends.server().link().close(DONE);
			}
			else {
				sendUntilLost(ends.client(), ends.server());
			}
		});
		ends.server().received().awaitClosed();
		ends.client().received().awaitClosed();
		assertThat(ends.server().received().afterClose).hasValue(0);
		assertClosedOnce(ends);
	}

	@Test
	void sendingNeverWaitsForAPeerThatDoesNotRead() {
		Ends ends = open();
		CountDownLatch gate = ends.server().received().shutGate();
		for (int i = 0; i < 200; i++) {
			ends.client().send(message(2 * (i % 3) + 1, Blob.ofSize(100_000)));
		}
		gate.countDown();
		ends.server().received().awaitEnvelopes(200);
		ends.close();
	}

	@Test
	void theThreadThatDeliversIsKnownAsOneThatMustNotWait() {
		AtomicReference<Boolean> seen = new AtomicReference<>();
		startListening((link) -> new RecordingReceiver() {
			@Override
			public void received(Envelope envelope) {
				seen.set(link.isEventLoop());
			}
		});
		Link client = dial((link) -> new RecordingReceiver()).join();
		client.send(message(1, new Numbered(0, 0)));
		Awaitility.await().untilAsserted(() -> assertThat(seen).hasValue(true));
		client.close(DONE);
	}

	@Message("")
	record Nameless(int number) {
	}

	@Message(X64 + X64 + X64 + X64)
	record LongName(int number) {
	}

}
