package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.adaptive.fixture.CapturedLog;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of the publisher that a handler returned: order, end, demand and cancel.
 */
class HandlerFluxTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final Limits SMALL = new Limits(1 << 20, 64 * 1024, 256 * 1024);

	private static final LinkSettings SETTINGS = new LinkSettings(SMALL, LinkSettings.DEFAULT.handshakeTimeout(),
			LinkSettings.DEFAULT.pingAfter(), LinkSettings.DEFAULT.deadAfter());

	private static final int FITTING = 64 * 1024 / Limits.MIN_COST;

	@TempDir
	Path sockets;

	private final RecordingObserver observer = new RecordingObserver();

	private final CapturedLog log = new CapturedLog("io.adaptive.internal.dispatch", Level.WARN);

	private final CapturedLog reactorLog = new CapturedLog("reactor", Level.WARN);

	private TwoNodes nodes;

	private Connection connect(Scope scope, Function<Ask, Publisher<?>> handler) {
		return connect(scope, SETTINGS, handler);
	}

	private Connection connect(Scope scope, LinkSettings settings, Function<Ask, Publisher<?>> handler) {
		this.nodes = new TwoNodes(scope, this.sockets,
				(builder) -> builder.linkSettings(settings).messageObserver(this.observer));
		return this.nodes.connect(Service.named("test", "flux").handle(Ask.class, handler::apply));
	}

	@AfterEach
	void close() {
		this.nodes.close();
		this.log.close();
		this.reactorLog.close();
		assertThat(this.reactorLog.lines()).isEmpty();
		assertThat(this.log.events()).allMatch((event) -> event.getLevel() == Level.WARN);
	}

	private void assertOutcomes(int count, ErrorCode code) {
		await().atMost(LONG).untilAsserted(() -> {
			assertThat(this.observer.handled).hasSize(count);
			assertThat(this.observer.handled).allSatisfy((handled) -> {
				assertThat(handled.ends).hasValue(1);
				assertThat((handled.error != null) ? ErrorInfo.of(handled.error, "").code() : ErrorCode.OK)
					.isEqualTo(code);
			});
		});
	}

	private static List<Integer> upTo(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	/**
	 * Receives all, and gives what came before the error.
	 */
	private static RemoteException receiveUntilError(MessageStream stream, List<Integer> received) {
		try {
			stream.reactive().recvAll(Number.class).doOnNext((number) -> received.add(number.value())).blockLast(LONG);
			throw new AssertionError("No error after " + received);
		}
		catch (RemoteException ex) {
			return ex;
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatAFluxEmitsBeforeAnErrorArrivesBeforeIt(Scope scope) {
		Connection connection = connect(scope,
				(ask) -> Flux.range(0, ask.count())
					.map((number) -> new Number(number, ""))
					.concatWith(Flux.error(new IllegalStateException("end"))));
		for (int i = 0; i < 200; i++) {
			try (MessageStream stream = connection.newStream()) {
				List<Integer> received = new ArrayList<>();
				stream.send(new Ask(3));
				assertThat(receiveUntilError(stream, received)).hasMessageContaining("end");
				assertThat(received).isEqualTo(upTo(3));
			}
		}
		assertOutcomes(200, ErrorCode.UNKNOWN);
		// The stack trace is not lost, and logged once a minute.
		assertThat(this.log.events()).hasSizeBetween(1, 5).allSatisfy((event) -> {
			assertThat(event.getFormattedMessage()).startsWith("handler failed service=test/flux");
			assertThat(event.getThrowableProxy().getMessage()).isEqualTo("end");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatWaitsForCreditArrivesBeforeTheError(Scope scope) {
		String large = "x".repeat(200_000);
		CountDownLatch ended = new CountDownLatch(1);
		Connection connection = connect(scope,
				(ask) -> Flux.just(new Number(0, large), new Number(1, large))
					.concatWith(Flux.error(new IllegalStateException("end")))
					.doFinally((signal) -> ended.countDown()));
		for (int i = 0; i < 20; i++) {
			try (MessageStream stream = connection.newStream()) {
				List<Integer> received = new ArrayList<>();
				stream.send(new Ask(2));
				assertThat(receiveUntilError(stream, received)).hasMessageContaining("end");
				assertThat(received).isEqualTo(upTo(2));
			}
		}
		assertThat(ended.getCount()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHotFluxThatFitsIntoTheCreditIsNeverHeldUp(Scope scope) {
		// Elements that are due every millisecond are lost whenever one is not requested.
		int elements = 300;
		assertThat(elements).isLessThan((int) (Limits.DEFAULT.streamCredit() / Limits.MIN_COST));
		Connection connection = connect(scope, LinkSettings.DEFAULT,
				(ask) -> Flux.interval(Duration.ofMillis(1))
					.take(ask.count())
					.map((tick) -> new Number(tick.intValue(), "")));
		List<Mono<List<Integer>>> streams = IntStream.range(0, 8)
			.mapToObj((index) -> Flux
				.using(connection::newStream,
						(stream) -> stream.reactive()
							.send(new Ask(elements))
							.thenMany(stream.reactive().recvAll(Number.class)),
						MessageStream::close)
				.map(Number::value)
				.collectList())
			.toList();
		assertThat(Flux.merge(streams).collectList().block(LONG)).hasSize(8)
			.allSatisfy((received) -> assertThat(received).isEqualTo(upTo(elements)));
		assertOutcomes(8, ErrorCode.OK);
		assertThat(this.log.lines()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void theCreditOfTheStreamIsTheBufferOfAHotFlux(Scope scope) throws Exception {
		CountDownLatch emitted = new CountDownLatch(1);
		Connection connection = connect(scope, (ask) -> Flux.<Number>create((sink) -> {
			IntStream.range(0, 2 * FITTING).forEach((number) -> sink.next(new Number(number, "")));
			emitted.countDown();
		}, FluxSink.OverflowStrategy.ERROR));
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Ask(0));
			assertThat(emitted.await(30, TimeUnit.SECONDS)).isTrue();
			List<Integer> received = new ArrayList<>();
			assertThat(receiveUntilError(stream, received)).satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
				assertThat(ex).hasMessageContaining("onBackpressureLatest")
					.hasMessageContaining("adaptive.link.stream-credit");
			});
			// What there is credit for, and the one that waits for more.
			assertThat(received).isEqualTo(upTo(FITTING + 1));
		}
		assertOutcomes(1, ErrorCode.RESOURCE_EXHAUSTED);
		assertOneLine("the credit of the stream is used up");
	}

	private void assertOneLine(String text) {
		assertThat(this.log.events()).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).contains("service=test/flux", text))
			.extracting(ILoggingEvent::getThrowableProxy)
			.isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aPublisherThatIgnoresDemandEndsWithOneLine(Scope scope) {
		AtomicInteger cancelled = new AtomicInteger();
		Connection connection = connect(scope, (ask) -> (subscriber) -> {
			subscriber.onSubscribe(new Subscription() {

				@Override
				public void request(long count) {
					// It does not ask.
				}

				@Override
				public void cancel() {
					cancelled.incrementAndGet();
				}

			});
			for (int i = 0; i < 2 * FITTING; i++) {
				subscriber.onNext(new Number(i, ""));
			}
			subscriber.onComplete();
		});
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Ask(0));
			await().atMost(LONG).until(() -> cancelled.get() == 1);
			List<Integer> received = new ArrayList<>();
			assertThat(receiveUntilError(stream, received)).satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.INTERNAL);
				assertThat(ex).hasMessageContaining("respect the demand");
			});
			assertThat(received).isEqualTo(upTo(FITTING + 1));
		}
		assertOutcomes(1, ErrorCode.INTERNAL);
		assertOneLine("respect the demand");
		assertThat(cancelled).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFluxWhoseReaderGoesIsCancelledOnce(Scope scope) {
		AtomicInteger cancelled = new AtomicInteger();
		Connection connection = connect(scope,
				(ask) -> Flux.<Number>generate((sink) -> sink.next(new Number(0, "x".repeat(1000))))
					.doOnCancel(cancelled::incrementAndGet));
		int readers = 50;
		for (int i = 0; i < readers; i++) {
			int wanted = i;
			MessageStream stream = connection.newStream();
			stream.send(new Ask(0));
			assertThat(stream.reactive().recvAll(Number.class).take(wanted).count().block(LONG)).isEqualTo(wanted);
			stream.close();
		}
		assertOutcomes(readers, ErrorCode.CANCELLED);
		assertThat(cancelled).hasValue(readers);
		assertThat(this.log.lines()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFluxWhoseReadersAreLostIsCancelledOnceAndSilently(Scope scope) {
		AtomicInteger cancelled = new AtomicInteger();
		Connection connection = connect(scope, (ask) -> Flux.<Number>generate((sink) -> sink.next(new Number(0, "")))
			.doOnCancel(cancelled::incrementAndGet));
		int readers = 20;
		for (int i = 0; i < readers; i++) {
			MessageStream stream = connection.newStream();
			stream.reactive().sendRecv(new Ask(0), Number.class).block(LONG);
			stream.reactive().recvAll(Number.class).onErrorComplete().subscribe();
		}
		connection.close();
		assertOutcomes(readers, ErrorCode.CANCELLED);
		assertThat(cancelled).hasValue(readers);
		assertThat(this.log.lines()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFluxThatHasEndedIsNotCancelled(Scope scope) {
		AtomicInteger cancelled = new AtomicInteger();
		Connection connection = connect(scope,
				(ask) -> Flux.range(0, ask.count())
					.map((number) -> new Number(number, ""))
					.doOnCancel(cancelled::incrementAndGet));
		for (int count : List.of(0, 1, 100)) {
			try (MessageStream stream = connection.newStream()) {
				stream.send(new Ask(count));
				assertThat(stream.reactive().recvAll(Number.class).map(Number::value).collectList().block(LONG))
					.isEqualTo(upTo(count));
			}
		}
		assertOutcomes(3, ErrorCode.OK);
		assertThat(cancelled).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anElementThatCannotBeSentEndsTheFlux(Scope scope) {
		AtomicInteger cancelled = new AtomicInteger();
		Connection connection = connect(scope,
				(ask) -> Flux.<Object>just(new Number(0, ""), new Number(1, "x".repeat(2 << 20)), new Number(2, ""))
					.doOnCancel(cancelled::incrementAndGet));
		if (scope == Scope.PROCESS) {
			// Nothing is encoded there, so that nothing is too large.
			return;
		}
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Ask(0));
			List<Integer> received = new ArrayList<>();
			assertThat(receiveUntilError(stream, received).code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
			assertThat(received).isEqualTo(upTo(1));
		}
		assertThat(cancelled).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void oneWayRequestsForManyRepliesGiveTheirCreditBack(Scope scope) {
		Connection connection = connect(scope, (ask) -> Flux.empty());
		long requests = 3 * SMALL.connectionCredit() / Limits.MIN_COST / 2;
		for (long i = 0; i < requests; i++) {
			try (MessageStream stream = connection.newStream()) {
				stream.send(new Ask(0));
				assertThatExceptionOfType(EndOfStreamException.class).isThrownBy(() -> stream.recv(Number.class));
			}
		}
	}

	record Ask(int count) {

	}

	record Number(int value, String text) {

	}

}
