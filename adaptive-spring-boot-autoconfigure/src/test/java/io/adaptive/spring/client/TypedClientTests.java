package io.adaptive.spring.client;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.RemoteException;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OneWay;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for client interfaces: what each form of method does.
 */
class TypedClientTests {

	/** The common pool of a machine with two processors has one thread. */
	private static final Executor OWN_THREAD = (task) -> new Thread(task).start();

	private static final Duration SOON = Duration.ofSeconds(20);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process", "adaptive.discover-timeout=0")
		.withUserConfiguration(Application.class)
		.withBean(ProcessSpace.class)
		.withBean(HelloService.class);

	private void withClient(Consumer test) {
		this.contextRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context.getBean(Hello.class), context.getBean(HelloService.class));
		});
	}

	@Test
	void aMethodReturnsTheReply() {
		withClient(
				(hello, service) -> assertThat(hello.hello(new Greeting("you"))).isEqualTo(new Greeted("hello you")));
	}

	@Test
	void aFutureGetsTheReply() {
		withClient((hello, service) -> {
			assertThat(hello.inFuture(new Greeting("you")).get(30, TimeUnit.SECONDS))
				.isEqualTo(new Greeted("hello you"));
			assertThat(hello.inStage(new Greeting("me")).toCompletableFuture().get(30, TimeUnit.SECONDS))
				.isEqualTo(new Greeted("hello me"));
		});
	}

	@Test
	void aMonoIsACallForEachSubscription() {
		withClient((hello, service) -> {
			Mono<Greeted> later = hello.later(new Greeting("you"));
			assertThat(service.greetings).isEmpty();
			assertThat(later.block(SOON)).isEqualTo(new Greeted("hello you"));
			assertThat(later.block(SOON)).isEqualTo(new Greeted("hello you"));
			assertThat(service.greetings).hasSize(2);
		});
	}

	@Test
	void aFluxGetsAllRepliesUntilTheServerEndsIt() {
		withClient((hello, service) -> assertThat(hello.count(new Count(1000)).collectList().block(SOON))
			.isEqualTo(IntStream.range(0, 1000).mapToObj(Number::new).toList()));
	}

	@Test
	void aFluxMayHaveOneReplyOrNone() {
		withClient((hello, service) -> {
			assertThat(hello.count(new Count(0)).collectList().block(SOON)).isEmpty();
			assertThat(hello.count(new Count(1)).collectList().block(SOON)).containsExactly(new Number(0));
		});
	}

	@Test
	void aFluxIsNotFasterThanItsSubscriber() {
		withClient((hello, service) -> {
			AtomicInteger received = new AtomicInteger();
			BaseSubscriber<Number> subscriber = new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					request(3);
				}

				@Override
				protected void hookOnNext(Number number) {
					received.incrementAndGet();
				}

			};
			hello.count(new Count(Integer.MAX_VALUE)).subscribe(subscriber);
			Awaitility.await().atMost(SOON).until(() -> received.get() == 3);
			int counted = Awaitility.await().atMost(SOON).until(service.counted::get, new Unchanged());
			assertThat(counted).isLessThan(100_000);
			subscriber.request(2);
			Awaitility.await().atMost(SOON).until(() -> received.get() == 5);
			subscriber.cancel();
		});
	}

	@Test
	void cancellingAFluxReachesTheServer() {
		withClient((hello, service) -> {
			Disposable subscription = hello.silence(new Silence()).subscribe();
			Awaitility.await().atMost(SOON).until(() -> service.silence.currentSubscriberCount() == 1);
			subscription.dispose();
			Awaitility.await().atMost(SOON).until(() -> service.silence.currentSubscriberCount() == 0);
		});
	}

	@Test
	void anErrorInAFluxIsItsLastSignal() {
		withClient((hello, service) -> assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> hello.count(new Count(-1)).blockLast(SOON))
			.withMessageContaining("cannot count to -1"));
	}

	@Test
	void anOptionalIsEmptyWhereTheHandlerReturnsNothing() {
		withClient((hello, service) -> {
			assertThat(hello.maybe(new Question("known"))).contains(new Greeted("an answer"));
			assertThat(hello.maybe(new Question("unknown"))).isEmpty();
			assertThat(hello.maybeLater(new Question("unknown")).block(SOON)).isNull();
			assertThat(hello.maybeInFuture(new Question("unknown")).get(30, TimeUnit.SECONDS)).isNull();
		});
	}

	@Test
	void aVoidMethodReturnsWhenTheMessageWasHandled() {
		withClient((hello, service) -> {
			hello.note(new Note("one"));
			assertThat(service.notes).containsExactly("one");
			hello.noteLater(new Note("two")).block();
			hello.noteInFuture(new Note("three")).get(30, TimeUnit.SECONDS);
			assertThat(service.notes).containsExactly("one", "two", "three");
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> hello.note(new Note("")))
				.withMessageContaining("nothing to note");
		});
	}

	@Test
	void aOneWayMethodDoesNotWaitForItsHandler() {
		withClient((hello, service) -> {
			hello.tell(new Wait());
			hello.tellLater(new Wait()).block();
			hello.tellInFuture(new Wait()).get(30, TimeUnit.SECONDS);
			assertThat(service.waited.get()).isZero();
			service.go.countDown();
			Awaitility.await().atMost(SOON).until(() -> service.waited.get() == 3);
		});
	}

	@Test
	void anErrorOfTheHandlerIsThrown() {
		withClient((hello, service) -> {
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> hello.hello(new Greeting("")))
				.withMessageContaining("nobody to greet");
			assertThatExceptionOfType(RemoteException.class)
				.isThrownBy(() -> hello.later(new Greeting("")).block(SOON));
		});
	}

	@Test
	void defaultMethodsCallOthers() {
		withClient((hello, service) -> assertThat(hello.greet("you")).isEqualTo("hello you"));
	}

	@Test
	void inheritedGenericMethodsAreCalls() {
		withClient(
				(hello, service) -> assertThat(hello.ask(new Question("known"))).isEqualTo(new Greeted("an answer")));
	}

	@Test
	void textSaysWhereItLeads() {
		withClient((hello, service) -> {
			assertThat(hello).hasToString("Hello, client of example/hello, connection to example/hello, not used yet");
			hello.hello(new Greeting("you"));
			assertThat(hello.toString())
				.startsWith("Hello, client of example/hello, connection to example/hello@process:");
			assertThat(hello).isEqualTo(hello).isNotEqualTo("Hello").hasSameHashCodeAs(hello);
		});
	}

	@Test
	void nullIsNoMessage() {
		withClient((hello, service) -> assertThatIllegalArgumentException().isThrownBy(() -> hello.hello(nothing()))
			.withMessageContaining(Hello.class.getName() + ".hello was called with null instead of a message"));
	}

	@SuppressWarnings("NullAway") // what callers do who are not checked
	private static Greeting nothing() {
		return null;
	}

	@Test
	void manyThreadsMayCallAtTheSameTime() {
		withClient((hello, service) -> {
			List<CompletableFuture<Void>> threads = IntStream.range(0, 8)
				.mapToObj((thread) -> CompletableFuture.runAsync(() -> {
					for (int i = 0; i < 500; i++) {
						String name = thread + "-" + i;
						assertThat(hello.hello(new Greeting(name)).text()).isEqualTo("hello " + name);
					}
				}, OWN_THREAD))
				.toList();
			CompletableFuture.allOf(threads.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
		});
	}

	/**
	 * What a test does with a client.
	 */
	@FunctionalInterface
	private interface Consumer {

		void accept(Hello hello, HelloService service) throws Exception;

	}

	/**
	 * Waits until a number stays as it is.
	 */
	private static final class Unchanged extends org.hamcrest.TypeSafeMatcher<Integer> {

		private int last = -1;

		@Override
		protected boolean matchesSafely(Integer number) {
			boolean same = number == this.last;
			this.last = number;
			return same;
		}

		@Override
		public void describeTo(org.hamcrest.Description description) {
			description.appendText("does not change");
		}

	}

	interface Asked<Q, A> {

		A ask(Q question);

	}

	@Discover(publisher = "example", name = "hello")
	interface Hello extends Asked<Question, Greeted> {

		Greeted hello(Greeting greeting);

		CompletableFuture<Greeted> inFuture(Greeting greeting);

		CompletionStage<Greeted> inStage(Greeting greeting);

		Mono<Greeted> later(Greeting greeting);

		Flux<Number> count(Count count);

		Flux<Number> silence(Silence silence);

		Optional<Greeted> maybe(Question question);

		Mono<Greeted> maybeLater(Question question);

		CompletableFuture<@Nullable Greeted> maybeInFuture(Question question);

		void note(Note note);

		Mono<Void> noteLater(Note note);

		CompletableFuture<Void> noteInFuture(Note note);

		@OneWay
		void tell(Wait wait);

		@OneWay
		Mono<Void> tellLater(Wait wait);

		@OneWay
		CompletionStage<Void> tellStage(Wait wait);

		@OneWay
		CompletableFuture<Void> tellInFuture(Wait wait);

		default String greet(String name) {
			return hello(new Greeting(name)).text();
		}

		static Greeting greeting(String name) {
			return new Greeting(name);
		}

	}

	record Greeting(String name) {
	}

	record Greeted(String text) {
	}

	record Count(int to) {
	}

	record Number(int value) {
	}

	record Silence() {
	}

	record Question(String text) {
	}

	record Note(String text) {
	}

	record Wait() {
	}

	@AdaptiveService(publisher = "example", name = "hello")
	static class HelloService {

		final List<String> greetings = new CopyOnWriteArrayList<>();

		final List<String> notes = new CopyOnWriteArrayList<>();

		final AtomicInteger counted = new AtomicInteger();

		final AtomicInteger waited = new AtomicInteger();

		final CountDownLatch go = new CountDownLatch(1);

		final Sinks.Many<Number> silence = Sinks.many().multicast().directBestEffort();

		@MessageHandler
		Greeted hello(Greeting greeting) {
			if (greeting.name().isEmpty()) {
				throw new NoSuchElementException("nobody to greet");
			}
			this.greetings.add(greeting.name());
			return new Greeted("hello " + greeting.name());
		}

		@MessageHandler
		Flux<Number> count(Count count) {
			if (count.to() < 0) {
				return Flux.error(new IllegalArgumentException("cannot count to " + count.to()));
			}
			return Flux.range(0, count.to()).doOnNext(this.counted::set).map(Number::new);
		}

		@MessageHandler
		Flux<Number> silence(Silence silence) {
			return this.silence.asFlux();
		}

		@MessageHandler
		@Nullable Greeted answer(Question question) {
			return question.text().equals("known") ? new Greeted("an answer") : null;
		}

		@MessageHandler
		void note(Note note) {
			if (note.text().isEmpty()) {
				throw new IllegalArgumentException("nothing to note");
			}
			this.notes.add(note.text());
		}

		@MessageHandler
		void await(Wait wait) throws InterruptedException {
			if (this.go.await(50, TimeUnit.SECONDS)) {
				this.waited.incrementAndGet();
			}
		}

	}

	@AutoConfigurationPackage
	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
