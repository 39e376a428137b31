package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * A conversation on the default stream ends with its handler, others with their stream.
 */
class ConversationEndTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final CallSettings PATIENT = CallSettings.DEFAULT.timeout(LONG);

	private static final ServiceName SERVICE = new ServiceName("test", "conversation");

	private static final Limits SMALL = new Limits(1 << 20, 64 * 1024, 256 * 1024);

	private static final LinkSettings SETTINGS = new LinkSettings(SMALL, LinkSettings.DEFAULT.handshakeTimeout(),
			LinkSettings.DEFAULT.pingAfter(), LinkSettings.DEFAULT.deadAfter());

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final BlockingQueue<ContextStream> streams = new LinkedBlockingQueue<>();

	private final BlockingQueue<CompletableFuture<Object>> working = new LinkedBlockingQueue<>();

	private AdaptiveNode server;

	private Connection connect(Scope scope) {
		this.server = this.nodes.node((builder) -> builder.linkSettings(SETTINGS), scope);
		AdaptiveNode client = (scope == Scope.LAN)
				? this.nodes.node((builder) -> builder.linkSettings(SETTINGS), Scope.OS, Scope.PROCESS)
				: this.nodes.node((builder) -> builder.linkSettings(SETTINGS), scope);
		this.server.newServer()
			.publish(Service.named(SERVICE)
				.handle(Audit.class, (audit, stream) -> new Done())
				.handle(Keep.class, (keep, stream) -> {
					this.streams.add(stream);
					return new Done();
				})
				.handle(Work.class, (work, stream) -> {
					CompletableFuture<Object> result = new CompletableFuture<>();
					this.working.add(result);
					return result;
				}));
		return this.nodes.connect(client, scope, SERVICE);
	}

	private static void assertRefused(MessageStream stream) {
		assertRefused(catchThrowable(() -> stream.sendRecv(new Unheard(), Done.class, PATIENT)));
	}

	private static void assertRefused(Throwable error) {
		assertThat(error).isInstanceOf(RemoteException.class).hasMessageContaining(Unheard.class.getName());
		assertThat(((RemoteException) error).code()).isEqualTo(ErrorCode.UNIMPLEMENTED);
		assertThat(((RemoteException) error).delivery()).isEqualTo(Delivery.NOT_PROCESSED);
	}

	private <T> T next(BlockingQueue<T> queue) throws InterruptedException {
		T next = queue.poll(LONG.toSeconds(), TimeUnit.SECONDS);
		assertThat(next).isNotNull();
		return next;
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void afterTheHandlerAMessageWithoutHandlerIsRefusedAgain(Scope scope) {
		Connection connection = connect(scope);
		assertRefused(connection);
		for (int i = 0; i < 200; i++) {
			assertThat(connection.sendRecv(new Audit(), Done.class, PATIENT)).isEqualTo(new Done());
			assertRefused(connection);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void afterTheHandlerOneWayMessagesWithoutHandlerTakeNoCredit(Scope scope) {
		Connection connection = connect(scope);
		assertThat(connection.sendRecv(new Audit(), Done.class, PATIENT)).isEqualTo(new Done());
		for (int i = 0; i < 4096; i++) {
			connection.send(new Unheard(), PATIENT);
		}
		assertThat(connection.sendRecv(new Audit(), Done.class, PATIENT)).isEqualTo(new Done());
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(this.server.statistics().traffic().get(scope).answersDropped())
				.isEqualTo(4096L - 64 * 1024 / Limits.MIN_COST));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aMessageThatWaitsInTheInboxIsRefusedWhenTheLastHandlerIsDone(Scope scope) throws Exception {
		Connection connection = connect(scope);
		CompletableFuture<Done> first = connection.async().sendRecv(new Work(), Done.class, PATIENT);
		CompletableFuture<Object> firstResult = next(this.working);
		CompletableFuture<Done> second = connection.async().sendRecv(new Work(), Done.class, PATIENT);
		CompletableFuture<Object> secondResult = next(this.working);
		CompletableFuture<Done> unheard = connection.async().sendRecv(new Unheard(), Done.class, PATIENT);
		firstResult.complete(new Done());
		assertThat(first.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Done());
		assertThat(connection.sendRecv(new Audit(), Done.class, PATIENT)).isEqualTo(new Done());
		assertThat(unheard).isNotDone();
		secondResult.complete(new Done());
		assertThat(second.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Done());
		assertRefused(catchThrowable(() -> unheard.get(LONG.toSeconds(), TimeUnit.SECONDS)).getCause());
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void onTheDefaultStreamNothingIsReceivedAfterTheHandlerAndSendingGoesOn(Scope scope) throws Exception {
		Connection connection = connect(scope);
		assertThat(connection.sendRecv(new Keep(), Done.class, PATIENT)).isEqualTo(new Done());
		ContextStream kept = next(this.streams);
		CompletableFuture<Unheard> waiting = kept.async().recv(Unheard.class);
		Throwable ended = catchThrowable(() -> waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).getCause();
		assertThat(((AdaptiveException) ended).code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> kept.recv(Unheard.class))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION));
		kept.send(new Done());
		connection.setReceiveTimeout(LONG);
		assertThat(connection.recv(Done.class)).isEqualTo(new Done());
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void onAStreamOfItsOwnTheConversationGoesOnAfterTheHandler(Scope scope) throws Exception {
		try (MessageStream stream = connect(scope).newStream()) {
			assertThat(stream.sendRecv(new Keep(), Done.class, PATIENT)).isEqualTo(new Done());
			stream.send(new Unheard(), PATIENT);
			ContextStream kept = next(this.streams);
			kept.setReceiveTimeout(LONG);
			assertThat(kept.recv(Unheard.class)).isEqualTo(new Unheard());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void noCallIsForgottenThatMeetsTheEndOfTheHandler(Scope scope) throws Exception {
		Connection connection = connect(scope);
		List<CompletableFuture<Done>> unheard = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			CompletableFuture<Done> done = connection.async().sendRecv(new Audit(), Done.class, PATIENT);
			unheard.add(connection.async().sendRecv(new Unheard(), Done.class, PATIENT));
			unheard.add(connection.async().sendRecv(new Unheard(), Done.class, PATIENT));
			assertThat(done.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Done());
		}
		for (CompletableFuture<Done> each : unheard) {
			assertRefused(catchThrowable(() -> each.get(LONG.toSeconds(), TimeUnit.SECONDS)).getCause());
		}
	}

	record Audit() {
	}

	record Keep() {
	}

	record Work() {
	}

	record Unheard() {
	}

	record Done() {
	}

}
