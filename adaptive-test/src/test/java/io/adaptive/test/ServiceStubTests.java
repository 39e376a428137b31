package io.adaptive.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ServiceStubTests {

	@AutoClose
	private final InMemoryNetwork network = new InMemoryNetwork();

	private final ServiceStub stub = this.network.stub("example", "hello");

	private Connection hello;

	@BeforeEach
	void connect() {
		this.hello = this.network.newNode().newClient().lazy(new ServiceName("example", "hello"));
	}

	// tag::stub[]
	@Test
	void aLambdaAnswers() {
		this.stub.on(Hello.class).reply((request) -> new Greeting("Hello " + request.who()));
		assertThat(this.hello.sendRecv(new Hello("John"), Greeting.class)).isEqualTo(new Greeting("Hello John"));
		assertThat(this.stub.received()).containsExactly(new Hello("John"));
	}

	@Test
	void aFailureReachesTheCaller() {
		this.stub.on(Hello.class).fail(ErrorCode.PERMISSION_DENIED, "not you");
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> this.hello.sendRecv(new Hello("John"), Greeting.class))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.PERMISSION_DENIED))
			.withMessageContaining("not you");
	}

	@Test
	void answersForOneMessageComeBeforeTheOthers() {
		this.stub.on(Hello.class).replyWith(new Greeting("always"));
		this.stub.on(Hello.class).once().fail(ErrorCode.RESOURCE_EXHAUSTED, "busy");
		this.stub.on(Hello.class).once().replyWith(new Greeting("once"));
		assertThatExceptionOfType(RemoteException.class).isThrownBy(this::greet).withMessageContaining("busy");
		assertThat(greet()).isEqualTo("once");
		assertThat(greet()).isEqualTo("always");
		assertThat(greet()).isEqualTo("always");
	}

	@Test
	void aStreamOfAnswersEnds() {
		this.stub.on(Hello.class).stream(new Greeting("one"), new Greeting("two"));
		try (MessageStream stream = this.hello.newStream()) {
			stream.send(new Hello("John"));
			List<Greeting> greetings = stream.reactive()
				.recvAll(Greeting.class)
				.collectList()
				.block(Duration.ofSeconds(10));
			assertThat(greetings).containsExactly(new Greeting("one"), new Greeting("two"));
		}
	}

	@Test
	void whatWasSentOneWayIsWaitedFor() {
		this.stub.on(Note.class).acknowledge();
		this.hello.send(new Note("first"));
		this.hello.send(new Note("second"));
		assertThat(this.stub.awaitReceived(Note.class, 2)).containsExactlyInAnyOrder(new Note("first"),
				new Note("second"));
	}
	// end::stub[]

	@Test
	void whatAHandlerMayReturnMayBeReturned() {
		this.stub.on(Hello.class).reply((request) -> Mono.just(new Greeting("later")));
		assertThat(greet()).isEqualTo("later");
		this.stub.on(Note.class).reply((note) -> Flux.range(0, 3).map((number) -> new Greeting("" + number)));
		try (MessageStream stream = this.hello.newStream()) {
			stream.send(new Note("go"));
			assertThat(stream.recv(Greeting.class)).isEqualTo(new Greeting("0"));
		}
	}

	@Test
	void anAcknowledgementIsNothing() {
		this.stub.on(Note.class).acknowledge();
		this.hello.sendRecv(new Note("noted"), Void.class);
		assertThat(this.stub.received(Note.class)).containsExactly(new Note("noted"));
		assertThat(this.stub.received(Hello.class)).isEmpty();
	}

	@Test
	void anExceptionOfTheLambdaReachesTheCallerWithItsName() {
		this.stub.on(Hello.class).fail(new IllegalStateException("closed on Sundays"));
		assertThatExceptionOfType(RemoteException.class).isThrownBy(this::greet)
			.satisfies((ex) -> assertThat(ex.error().type()).isEqualTo(IllegalStateException.class.getName()))
			.withMessageContaining("closed on Sundays");
	}

	@Test
	void aMuteStubLetsTheCallersTimeRunOut() {
		this.stub.on(Hello.class).stayMute();
		MessageStream stream = this.hello.newStream();
		stream.setReceiveTimeout(Duration.ofMillis(50));
		assertThatExceptionOfType(ReceiveTimeoutException.class)
			.isThrownBy(() -> stream.sendRecv(new Hello("John"), Greeting.class));
	}

	@Test
	void aMuteStubTakesTheMessageAllTheSame() {
		this.stub.on(Hello.class).stayMute();
		CompletableFuture<Greeting> call = this.hello.async().sendRecv(new Hello("John"), Greeting.class);
		assertThat(this.stub.awaitReceived(Hello.class, 1)).containsExactly(new Hello("John"));
		assertThat(call).isNotDone();
		call.cancel(false);
	}

	@Test
	void aConversationReceivesWhatHasNoAnswer() {
		this.stub.on(Hello.class).handle((request, stream) -> {
			stream.send(new Greeting(stream.recv(Note.class).text()));
			return null;
		});
		try (MessageStream stream = this.hello.newStream()) {
			stream.send(new Hello("John"));
			stream.send(new Note("echo this"));
			assertThat(stream.recv(Greeting.class)).isEqualTo(new Greeting("echo this"));
		}
	}

	@Test
	void aMessageWithoutAnAnswerIsRefusedAtOnce() {
		assertThatExceptionOfType(RemoteException.class).isThrownBy(this::greet)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNIMPLEMENTED))
			.withMessageContaining("The stub of example/hello has no answer for message "
					+ "io.adaptive.test.ServiceStubTests$Hello; give it one with stub.on(ServiceStubTests.Hello.class)");
	}

	@Test
	void answersThatAreUsedUpAreToldApart() {
		this.stub.on(Hello.class).once().replyWith(new Greeting("once"));
		assertThat(greet()).isEqualTo("once");
		assertThatExceptionOfType(RemoteException.class).isThrownBy(this::greet)
			.withMessageContaining("used up its answers");
	}

	@Test
	void resettingForgetsAnswersAndMessages() {
		this.stub.on(Hello.class).replyWith(new Greeting("before"));
		greet();
		this.stub.reset();
		assertThat(this.stub.received()).isEmpty();
		assertThatExceptionOfType(RemoteException.class).isThrownBy(this::greet).withMessageContaining("no answer");
		this.stub.on(Hello.class).replyWith(new Greeting("after"));
		assertThat(greet()).isEqualTo("after");
	}

	@Test
	void twoAnswersForOneMessageAreRefused() {
		this.stub.on(Hello.class).replyWith(new Greeting("first"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.stub.on(Spoken.class).acknowledge())
			.withMessageContaining("has two handlers");
		assertThat(greet()).isEqualTo("first");
	}

	@Test
	void aConversationForOneMessageIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> this.stub.on(Hello.class).once().handle((m, s) -> null))
			.withMessageContaining("leave once() out");
	}

	@Test
	void aClosedStubIsFoundNoMoreAndAnotherTakesOver() {
		this.stub.on(Hello.class).replyWith(new Greeting("first"));
		assertThat(greet()).isEqualTo("first");
		this.stub.close();
		this.network.stub("example", "hello").on(Hello.class).replyWith(new Greeting("second"));
		assertThat(greet()).isEqualTo("second");
	}

	@Test
	void aResetForgetsWhatIsBeingHandled() throws Exception {
		this.stub.on(Patient.class).acknowledge();
		CompletableFuture<Void> call = this.hello.async().sendRecv(new Patient("old"), Void.class);
		assertThat(Patient.DECODING.await(50, TimeUnit.SECONDS)).isTrue();
		this.stub.reset();
		Patient.GO_ON.countDown();
		assertThat(call).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.stub.received()).isEmpty();
	}

	private String greet() {
		return this.hello.sendRecv(new Hello("John"), Greeting.class).text();
	}

	sealed interface Spoken {

	}

	record Hello(String who) implements Spoken {
	}

	record Greeting(String text) {
	}

	record Note(String text) {
	}

	/**
	 * Is copied only when the test allows it.
	 */
	record Patient(String text) {

		static final CountDownLatch DECODING = new CountDownLatch(1);

		static final CountDownLatch GO_ON = new CountDownLatch(1);

		private static final AtomicInteger MADE = new AtomicInteger();

		Patient {
			if (MADE.incrementAndGet() == 2) {
				DECODING.countDown();
				awaitPermission();
			}
		}

		private static void awaitPermission() {
			try {
				if (!GO_ON.await(50, TimeUnit.SECONDS)) {
					throw new IllegalStateException("Not allowed to be copied");
				}
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
