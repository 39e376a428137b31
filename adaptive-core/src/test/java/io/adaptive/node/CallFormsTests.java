package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The three calls as futures and for Reactor, handlers that answer later, deadline and
 * cancel.
 */
class CallFormsTests {

	@TempDir
	Path sockets;

	private TwoNodes nodes;

	private Connection connect(Scope scope, Service service) {
		this.nodes = new TwoNodes(scope, this.sockets);
		return this.nodes.connect(service);
	}

	@AfterEach
	void close() {
		this.nodes.close();
	}

	private static Service doubler() {
		return Service.named("test", "doubler").handle(Number.class, (number) -> new Number(number.value() * 2));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFutureGetsTheAnswerOfItsOwnRequest(Scope scope) {
		Connection connection = connect(scope, doubler());
		List<CompletableFuture<Number>> answers = Flux.range(0, 500)
			.map((value) -> connection.async().sendRecv(new Number(value), Number.class))
			.collectList()
			.block();
		for (int i = 0; i < answers.size(); i++) {
			assertThat(answers.get(i).join()).isEqualTo(new Number(i * 2));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatHangsOnAFutureMayBlock(Scope scope) throws Exception {
		Connection connection = connect(scope, doubler());
		assertThat(connection.async()
			.sendRecv(new Number(4), Number.class)
			.thenApply((first) -> connection.sendRecv(first, Number.class))
			.get(10, TimeUnit.SECONDS)).isEqualTo(new Number(16));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFutureFailsAsTheBlockingFormDoes(Scope scope) {
		Connection connection = connect(scope, doubler());
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> connection.async().sendRecv(new Text("x"), Number.class).get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(RemoteException.class);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aMonoCallsAnewForEachSubscription(Scope scope) {
		AtomicInteger handled = new AtomicInteger();
		Connection connection = connect(scope, Service.named("test", "counter")
			.handle(Number.class, (number) -> new Number(handled.incrementAndGet())));
		Mono<Number> call = connection.reactive().sendRecv(new Number(0), Number.class);
		assertThat(call.block(Duration.ofSeconds(10))).isEqualTo(new Number(1));
		assertThat(call.block(Duration.ofSeconds(10))).isEqualTo(new Number(2));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHandlerMayAnswerByMonoOrFuture(Scope scope) {
		Connection connection = connect(scope,
				Service.named("test", "later")
					.handle(Number.class,
							(number) -> Mono.just(new Number(number.value() + 1)).delayElement(Duration.ofMillis(5)))
					.handle(Text.class, (text) -> CompletableFuture.supplyAsync(() -> new Text(text.text() + "!"))));
		assertThat(connection.sendRecv(new Number(1), Number.class)).isEqualTo(new Number(2));
		assertThat(connection.sendRecv(new Text("a"), Text.class)).isEqualTo(new Text("a!"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aMonoThatFailsOrIsEmptyAnswersToo(Scope scope) {
		Connection connection = connect(scope,
				Service.named("test", "later")
					.handle(Number.class, (number) -> Mono.error(new IllegalStateException("no")))
					.handle(Text.class, (text) -> Mono.empty()));
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Number(1), Number.class))
			.withMessageContaining("no");
		assertThat(connection.sendRecv(new Text("a"), Void.class)).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFluxIsManyRepliesAndThenTheEndOfTheStream(Scope scope) {
		Connection connection = connect(scope, Service.named("test", "many")
			.handle(Number.class, (number) -> Flux.range(0, number.value()).map(Number::new)));
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Number(20_000));
			List<Number> received = stream.reactive().recvAll(Number.class).collectList().block(Duration.ofSeconds(30));
			assertThat(received).hasSize(20_000);
			assertThat(received.get(19_999)).isEqualTo(new Number(19_999));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFluxThatFailsRaisesItsErrorAtTheReceiver(Scope scope) {
		Connection connection = connect(scope,
				Service.named("test", "many")
					.handle(Number.class,
							(number) -> Flux.just(number).concatWith(Flux.error(new IllegalStateException("half")))));
		try (MessageStream stream = connection.newStream()) {
			assertThat(stream.sendRecv(new Number(7), Number.class)).isEqualTo(new Number(7));
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> stream.recv(Number.class))
				.withMessageContaining("half");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFluxOnTheDefaultStreamIsRefusedAndHarmsNobody(Scope scope) {
		Connection connection = connect(scope,
				Service.named("test", "many")
					.handle(Number.class, (number) -> Flux.just(number, number))
					.handle(Text.class, (text) -> text));
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Number(7), Number.class))
			.withMessageContaining("stream of its own");
		assertThat(connection.sendRecv(new Text("a"), Text.class)).isEqualTo(new Text("a"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void cancellingAFutureReachesTheHandler(Scope scope) throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		AtomicBoolean noticed = new AtomicBoolean();
		Connection connection = connect(scope, Service.named("test", "slow").handle(Number.class, (number, stream) -> {
			running.countDown();
			await().atMost(Duration.ofSeconds(10)).until(stream::isCancelled);
			noticed.set(true);
			return null;
		}));
		CompletableFuture<Number> answer = connection.async().sendRecv(new Number(1), Number.class);
		assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
		answer.cancel(false);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(answer::join);
		await().atMost(Duration.ofSeconds(10)).untilTrue(noticed);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatIsCancelledIsToldSoOnAWorker(Scope scope) throws Exception {
		CountDownLatch running = new CountDownLatch(2);
		CompletableFuture<String> one = new CompletableFuture<>();
		CompletableFuture<String> many = new CompletableFuture<>();
		Connection connection = connect(scope,
				Service.named("test", "never")
					.handle(Number.class,
							(number) -> Mono.<Number>never()
								.doOnSubscribe((subscription) -> running.countDown())
								.doOnCancel(() -> one.complete(Thread.currentThread().getName())))
					.handle(Text.class,
							(text) -> Flux.<Text>never()
								.doOnSubscribe((subscription) -> running.countDown())
								.doOnCancel(() -> many.complete(Thread.currentThread().getName()))));
		CompletableFuture<Number> answer = connection.async().sendRecv(new Number(1), Number.class);
		MessageStream stream = connection.newStream();
		stream.send(new Text("a"));
		assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
		answer.cancel(false);
		stream.close();
		// The worker itself, where the cancel comes before it has subscribed.
		assertThat(one.get(10, TimeUnit.SECONDS)).matches("adaptive-(callback|worker)-.*");
		assertThat(many.get(10, TimeUnit.SECONDS)).matches("adaptive-(callback|worker)-.*");
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void workThatNobodyWaitsForIsNotStarted(Scope scope) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger handled = new AtomicInteger();
		this.nodes = new TwoNodes(scope, this.sockets,
				(builder) -> builder.scaleFactors(new ScaleFactors(1, 128, -1, 1)));
		Connection connection = this.nodes.connect(Service.named("test", "single").handle(Text.class, (text) -> {
			awaitLatch(release);
			return null;
		}).handle(Number.class, (number) -> {
			handled.incrementAndGet();
			return number;
		}));
		CompletableFuture<Void> blocking = connection.async().sendRecv(new Text("block"), Void.class);
		connection.setReceiveTimeout(Duration.ofMillis(50));
		assertThatExceptionOfType(ReceiveTimeoutException.class)
			.isThrownBy(() -> connection.sendRecv(new Number(1), Number.class));
		connection.setReceiveTimeout(Duration.ZERO);
		// Answered on the event loop, behind the cancel.
		connection.sendRecv(new WorkerQuery(), WorkerStatistics.class);
		release.countDown();
		blocking.get(10, TimeUnit.SECONDS);
		assertThat(connection.sendRecv(new Number(2), Number.class)).isEqualTo(new Number(2));
		assertThat(handled).hasValue(1);
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHandlersOwnCallsInheritTheDeadline(Scope scope) {
		this.nodes = new TwoNodes(scope, this.sockets);
		Connection inner = this.nodes
			.connect(Service.named("test", "inner").handle(Text.class, (text, stream) -> null));
		CompletableFuture<Throwable> innerFailure = new CompletableFuture<>();
		Connection outer = this.nodes.connect(Service.named("test", "outer").handle(Number.class, (number) -> {
			if (number.value() == 0) {
				return number;
			}
			try {
				return inner.sendRecv(new Text("never answered"), Text.class);
			}
			catch (RuntimeException ex) {
				innerFailure.complete(ex);
				throw ex;
			}
		}));
		// The next call must be in its handler before its time is up, and not load
		// classes.
		assertThat(outer.sendRecv(new Number(0), Number.class)).isEqualTo(new Number(0));
		outer.setReceiveTimeout(Duration.ofSeconds(1));
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> outer.sendRecv(new Number(1), Number.class))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
		// The caller's CANCEL and the inherited deadline come at the same time.
		assertThat(innerFailure).succeedsWithin(Duration.ofSeconds(10))
			.isInstanceOfSatisfying(AdaptiveException.class,
					(ex) -> assertThat(ex.code()).isIn(ErrorCode.DEADLINE_EXCEEDED, ErrorCode.CANCELLED));
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	record Number(int value) {
	}

	record Text(String text) {
	}

}
