package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.adaptive.client.ConnectionListener;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.DroppedAnswer;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Answers to one-way messages cost no credit: a sender of messages whose handlers fail,
 * return values or do not exist is never held up by that.
 */
class OneWayAnswersTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final CallSettings PATIENT = CallSettings.DEFAULT.timeout(LONG);

	private static final ServiceName SERVICE = new ServiceName("test", "one-way");

	/** Many times what a stream and a connection have credit for. */
	private static final int MESSAGES = Integer.getInteger("adaptive.one-way.messages", 2048);

	private static final int STREAM_CREDIT = 64 * 1024;

	private static final Limits SMALL = new Limits(1 << 20, STREAM_CREDIT, 256 * 1024);

	private static final int FITTING = STREAM_CREDIT / Limits.MIN_COST;

	private static final LinkSettings SETTINGS = new LinkSettings(SMALL, LinkSettings.DEFAULT.handshakeTimeout(),
			LinkSettings.DEFAULT.pingAfter(), LinkSettings.DEFAULT.deadAfter());

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final ExecutorService caller = Executors.newSingleThreadExecutor();

	private final Queue<DroppedAnswer> told = new ConcurrentLinkedQueue<>();

	private final AtomicInteger handled = new AtomicInteger();

	private AdaptiveNode server;

	private AdaptiveNode client;

	static Stream<Arguments> scopesAndKinds() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream.of(Kind.values()).map((kind) -> Arguments.of(scope, kind)));
	}

	static Stream<Arguments> scopesAndForms() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream.of(Form.values()).map((form) -> Arguments.of(scope, form)));
	}

	private Connection connect(Scope scope, LinkSettings settings, boolean ordered) {
		this.server = this.nodes.node((builder) -> builder.linkSettings(settings), scope);
		this.client = (scope == Scope.LAN)
				? this.nodes.node((builder) -> builder.linkSettings(settings), Scope.OS, Scope.PROCESS)
				: this.nodes.node((builder) -> builder.linkSettings(settings), scope);
		this.server.newServer().publish(ordered ? service().ordered() : service());
		return this.nodes.connect(this.client, scope, SERVICE);
	}

	private Service service() {
		return Service.named(SERVICE).handle(Ask.class, (ask) -> ask).handle(Fail.class, (fail) -> {
			this.handled.incrementAndGet();
			throw new IllegalStateException("made up by this test");
		})
			.handle(Value.class, (value) -> value)
			.handle(Later.class, (later) -> Mono.error(new IllegalStateException("made up by this test")))
			.handle(Talk.class, (talk, stream) -> talk)
			.handle(TalkTwice.class, (talk, stream) -> {
				stream.send(talk);
				return talk;
			});
	}

	/**
	 * Makes a connection such as an application shares among its beans.
	 */
	private Connection share(Connection discovered) {
		ConnectionInfo info = discovered.info();
		discovered.close();
		return this.client.newClient()
			.lazy(new ServiceInstance(SERVICE, info.peer(), info.scope(), info.endpoint()), new ConnectionListener() {
				@Override
				public void answerDropped(ConnectionInfo connection, DroppedAnswer answer) {
					assertThat(connection.scope()).isEqualTo(info.scope());
					OneWayAnswersTests.this.told.add(answer);
				}
			});
	}

	private long dropped(Scope scope) {
		return this.server.statistics().traffic().get(scope).answersDropped();
	}

	private long reported(Scope scope) {
		return this.client.statistics().traffic().get(scope).answersReported();
	}

	@ParameterizedTest
	@MethodSource("scopesAndKinds")
	void aSharedConnectionIsNotHeldUp(Scope scope, Kind kind) throws Exception {
		sendBesideCalls(share(connect(scope, SETTINGS, true)), scope, kind, MESSAGES);
	}

	private void sendBesideCalls(Connection connection, Scope scope, Kind kind, int count) throws Exception {
		CountDownLatch sent = new CountDownLatch(1);
		Future<Integer> calls = this.caller.submit(() -> {
			int answered = 0;
			do {
				assertThat(connection.sendRecv(new Ask(answered), Ask.class, PATIENT)).isEqualTo(new Ask(answered));
				answered++;
			}
			while (sent.getCount() > 0 || answered < 100);
			return answered;
		});
		for (int i = 0; i < count; i++) {
			kind.send(connection);
		}
		sent.countDown();
		assertThat(calls.get(LONG.toSeconds(), TimeUnit.SECONDS)).isGreaterThanOrEqualTo(100);
		await().atMost(LONG).untilAsserted(() -> assertThat(dropped(scope)).isEqualTo((long) count));
		await().atMost(LONG).untilAsserted(() -> assertThat(reported(scope)).isEqualTo(count));
		await().atMost(LONG).untilAsserted(() -> assertThat(this.told).hasSize(1));
		assertThat(this.told.element().error().code()).isEqualTo(kind.code);
		assertThat(this.told.element().messageType()).isEqualTo(kind.message().getClass().getName());
		assertThat(this.client.statistics().traffic().get(scope).stalled()).isZero();
		this.caller.shutdown();
	}

	@ParameterizedTest
	@MethodSource("scopesAndForms")
	void noFormOfSendingIsHeldUp(Scope scope, Form form) throws Exception {
		Connection connection = share(connect(scope, SETTINGS, true));
		for (int i = 0; i < 2048; i++) {
			form.send(connection);
		}
		assertThat(connection.sendRecv(new Ask(1), Ask.class, PATIENT)).isEqualTo(new Ask(1));
		await().atMost(LONG).untilAsserted(() -> assertThat(this.handled).hasValue(2048));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aStreamKeepsAnswersUntilTheyAreReceivedAndMarksWhereSomeWereDropped(Scope scope) {
		try (MessageStream stream = connect(scope, SETTINGS, true).newStream()) {
			for (int i = 0; i < 1000; i++) {
				stream.send(new Ask(i), PATIENT);
			}
			await().atMost(LONG).untilAsserted(() -> assertThat(dropped(scope)).isEqualTo(1000 - FITTING));
			stream.setReceiveTimeout(LONG);
			List<Integer> received = new ArrayList<>();
			for (int i = 0; i < FITTING; i++) {
				received.add(stream.recv(Ask.class).number());
			}
			assertThat(received).containsExactlyElementsOf(Stream.iterate(0, (i) -> i + 1).limit(FITTING).toList());
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> stream.recv(Ask.class))
				.withMessageContaining((1000 - FITTING) + " answers")
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.DATA_LOSS));
			stream.send(new Ask(1000), PATIENT);
			assertThat(stream.recv(Ask.class)).isEqualTo(new Ask(1000));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whoReceivesInTimeGetsEveryAnswer(Scope scope) {
		try (MessageStream stream = connect(scope, SETTINGS, true).newStream()) {
			stream.setReceiveTimeout(LONG);
			for (int round = 0; round < 20; round++) {
				for (int i = 0; i < FITTING / 4; i++) {
					stream.send(new Ask(i), PATIENT);
				}
				stream.send(new Fail(), PATIENT);
				for (int i = 0; i < FITTING / 4; i++) {
					assertThat(stream.recv(Ask.class)).isEqualTo(new Ask(i));
				}
				assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> stream.recv(Ask.class))
					.withMessageContaining("made up by this test");
			}
			assertThat(dropped(scope)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aStreamThatReceivesNothingIsNotHeldUpAndTakesNoCredit(Scope scope) {
		Connection connection = connect(scope, SETTINGS, true);
		MessageStream stream = connection.newStream();
		for (int i = 0; i < 4096; i++) {
			stream.send(new Value(new byte[1000]), PATIENT);
		}
		assertThat(connection.sendRecv(new Ask(1), Ask.class, PATIENT)).isEqualTo(new Ask(1));
		int kept = STREAM_CREDIT / 1000;
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(dropped(scope)).isBetween(4096L - kept, 4096L - kept * 9 / 10));
	}

	/**
	 * Something that nobody can receive.
	 */
	enum Kind {

		HANDLER_THROWS(ErrorCode.UNKNOWN, new Fail()),

		HANDLER_RETURNS_A_VALUE(ErrorCode.OK, new Value(new byte[10])),

		UNKNOWN_TYPE(ErrorCode.UNIMPLEMENTED, new Unheard()),

		HANDLER_FAILS_LATER(ErrorCode.UNKNOWN, new Later()),

		HANDLER_WITH_STREAM_RETURNS_A_VALUE(ErrorCode.OK, new Talk()),

		HANDLER_WITH_STREAM_ANSWERS_AND_RETURNS_A_VALUE(ErrorCode.OK, new TalkTwice()) {
			@Override
			void send(Connection connection) {
				assertThat(connection.sendRecv(message(), TalkTwice.class, PATIENT)).isNotNull();
			}
		};

		final ErrorCode code;

		private final Object message;

		Kind(ErrorCode code, Object message) {
			this.code = code;
			this.message = message;
		}

		Object message() {
			return this.message;
		}

		void send(Connection connection) {
			connection.send(this.message, PATIENT);
		}

	}

	/**
	 * A way to send.
	 */
	enum Form {

		BLOCKING {
			@Override
			void send(Connection connection) {
				connection.send(new Fail(), PATIENT);
			}
		},

		FUTURE {
			@Override
			void send(Connection connection) {
				CompletableFuture<Void> sent = connection.async().send(new Fail(), PATIENT);
				sent.join();
			}
		},

		MONO {
			@Override
			void send(Connection connection) {
				connection.reactive().send(new Fail(), PATIENT).block(LONG);
			}
		},

		STREAM_OF_ITS_OWN {
			@Override
			void send(Connection connection) {
				try (MessageStream stream = connection.newStream()) {
					stream.send(new Fail(), PATIENT);
				}
			}
		};

		abstract void send(Connection connection);

	}

	record Ask(int number) {
	}

	record Fail() {
	}

	record Value(byte[] bytes) {
	}

	record Unheard() {
	}

	record Later() {
	}

	record Talk() {
	}

	record TalkTwice() {
	}

}
