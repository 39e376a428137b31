package io.adaptive.spring.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.internal.wire.Protocol;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OneWay;
import io.adaptive.spring.server.AnnotatedServices;
import io.adaptive.stream.ContextStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each form of a client method gives for each kind of handler.
 */
class FormsAndHandlersTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final List<String> FORMS = List.of("value", "void", "optional", "stage", "future", "future of void",
			"mono", "mono of void", "flux", "one way");

	/** By the kind of handler, in the order of the forms. */
	private static final Map<String, List<String>> EXPECTED = new LinkedHashMap<>();

	static {
		String none = "MessageTypeMismatchException";
		String many = "RemoteException FAILED_PRECONDITION";
		String late = "ReceiveTimeoutException";
		String failed = "RemoteException UNKNOWN";
		expect("VALUE", "0", "-", "0", "0", "0", "-", "0", "-", "0");
		expect("NULL", none, "-", "-", "-", "-", "-", "-", "-", "-");
		expect("VOID", none, "-", "-", "-", "-", "-", "-", "-", "-");
		expect("STAGE", "0", "-", "0", "0", "0", "-", "0", "-", "0");
		expect("MONO", "0", "-", "0", "0", "0", "-", "0", "-", "0");
		expect("EMPTY_MONO", none, "-", "-", "-", "-", "-", "-", "-", "-");
		expect("FLUX_OF_0", many, many, many, many, many, many, many, many, "-");
		expect("FLUX_OF_1", many, many, many, many, many, many, many, many, "0");
		expect("FLUX_OF_3", many, many, many, many, many, many, many, many, "0 1 2");
		expect("THROWING", failed, failed, failed, failed, failed, failed, failed, failed, failed);
		expect("STREAM_OF_1", "0", "-", "0", "0", "0", "-", "0", "-", "0");
		expect("STREAM_OF_3", "0", "-", "0", "0", "0", "-", "0", "-", "0 1 2");
		expect("STREAM_OF_0", late, late, late, late, late, late, late, late, "-");
	}

	@TempDir
	private Path directory;

	private static void expect(String kind, String... outcomes) {
		EXPECTED.put(kind, List.of(outcomes));
	}

	@Timeout(120)
	@ParameterizedTest
	@ValueSource(strings = { "process", "os" })
	void eachFormGivesWhatTheHandlerSendsOrSaysWhyNot(String scope) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=" + scope,
					"adaptive.os.socket-directory=" + this.directory.resolve("s"))
			.withBean(ProcessSpace.class)
			.withBean(Kinds.class)
			.withBean(Clients.class)
			.run((context) -> {
				if (scope.equals("os")) {
					// Published beyond the process when an application is ready.
					new AnnotatedServices(context.getSourceApplicationContext().getBeanFactory()).read(Set.of(Scope.OS))
						.forEach((service) -> context.getBean(AdaptiveNode.class).newServer().publish(service));
				}
				Clients clients = context.getBean(Clients.class);
				Kinds kinds = context.getBean(Kinds.class);
				Map<String, Map<String, String>> seen = new TreeMap<>();
				Map<String, Map<String, String>> expected = new TreeMap<>();
				for (String kind : EXPECTED.keySet()) {
					expected.put(kind, expectedOf(kind));
					seen.put(kind, clients.call(kind, kinds));
				}
				assertThat(seen).isEqualTo(expected);
			});
	}

	private static Map<String, String> expectedOf(String kind) {
		Map<String, String> outcomes = new LinkedHashMap<>();
		for (int i = 0; i < FORMS.size(); i++) {
			outcomes.put(FORMS.get(i), (i < FORMS.size() - 1) ? EXPECTED.get(kind).get(i) : "sent, handled 1");
		}
		return outcomes;
	}

	record Ask(String kind) {

	}

	record AskVoid(String kind) {

	}

	record AskStream(String kind) {

	}

	record AskSilent(String kind) {

	}

	record Reply(int number) {

	}

	interface Forms<M> {

		Reply value(M message);

		void nothing(M message);

		Optional<Reply> optional(M message);

		CompletionStage<Reply> stage(M message);

		CompletableFuture<Reply> future(M message);

		CompletableFuture<Void> futureOfNothing(M message);

		Mono<Reply> mono(M message);

		Mono<Void> monoOfNothing(M message);

		Flux<Reply> flux(M message);

		@OneWay
		void oneWay(M message);

	}

	interface AskForms extends Forms<Ask> {

	}

	interface VoidForms extends Forms<AskVoid> {

	}

	interface StreamForms extends Forms<AskStream> {

	}

	interface SilentForms extends Forms<AskSilent> {

	}

	static final class Clients {

		@Autowired
		@Discover(publisher = "example", name = "kinds", timeout = "30s")
		private AskForms ask;

		@Autowired
		@Discover(publisher = "example", name = "kinds", timeout = "30s")
		private VoidForms askVoid;

		@Autowired
		@Discover(publisher = "example", name = "kinds", timeout = "30s")
		private StreamForms askStream;

		@Autowired
		@Discover(publisher = "example", name = "kinds", timeout = "200ms")
		private SilentForms askSilent;

		@Autowired
		@Discover(publisher = "example", name = "kinds", timeout = "30s")
		private SilentForms askEndingStream;

		Map<String, String> call(String kind, Kinds kinds) {
			return switch (kind) {
				case "VOID" -> call(this.askVoid, this.askVoid, new AskVoid(kind), kinds);
				case "STREAM_OF_1", "STREAM_OF_3" -> call(this.askStream, this.askStream, new AskStream(kind), kinds);
				// Only the stream has an end to wait for.
				case "STREAM_OF_0" -> call(this.askSilent, this.askEndingStream, new AskSilent(kind), kinds);
				default -> call(this.ask, this.ask, new Ask(kind), kinds);
			};
		}

		private <M> Map<String, String> call(Forms<M> forms, Forms<M> streams, M message, Kinds kinds) {
			Map<String, String> outcomes = new LinkedHashMap<>();
			put(outcomes, () -> forms.value(message));
			put(outcomes, () -> {
				forms.nothing(message);
				return null;
			});
			put(outcomes, () -> forms.optional(message).orElse(null));
			put(outcomes, () -> forms.stage(message).toCompletableFuture().join());
			put(outcomes, () -> forms.future(message).join());
			put(outcomes, () -> forms.futureOfNothing(message).join());
			put(outcomes, () -> forms.mono(message).block(LONG));
			put(outcomes, () -> forms.monoOfNothing(message).block(LONG));
			put(outcomes, () -> streams.flux(message).collectList().block(LONG));
			kinds.handled.set(0);
			put(outcomes, () -> {
				forms.oneWay(message);
				return null;
			});
			Awaitility.await().atMost(LONG).until(() -> kinds.handled.get() == 1);
			outcomes.put("one way", outcomes.get("one way").replace("-", "sent, handled 1"));
			return outcomes;
		}

		private static void put(Map<String, String> outcomes, Call call) {
			outcomes.put(FORMS.get(outcomes.size()), outcome(call));
		}

		private static String outcome(Call call) {
			try {
				Object result = call.call();
				List<?> all = (result instanceof List<?> list) ? list : (result != null) ? List.of(result) : List.of();
				String numbers = String.join(" ", all.stream().map((each) -> "" + ((Reply) each).number()).toList());
				return numbers.isEmpty() ? "-" : numbers;
			}
			catch (RuntimeException ex) {
				Throwable error = (ex instanceof CompletionException) ? ex.getCause() : ex;
				String name = error.getClass().getSimpleName();
				return name.equals("RemoteException") ? name + " " + ((AdaptiveException) error).code() : name;
			}
		}

	}

	interface Call {

		@Nullable Object call();

	}

	@AdaptiveService(publisher = "example", name = "kinds")
	static class Kinds {

		private static final Map<String, Function<Flux<Reply>, @Nullable Object>> RESULTS = Map.of("VALUE",
				(all) -> new Reply(0), "NULL", (all) -> null, "STAGE",
				(all) -> CompletableFuture.supplyAsync(() -> new Reply(0)), "MONO",
				(all) -> Mono.just(new Reply(0)).delayElement(Duration.ofMillis(1)), "EMPTY_MONO",
				(all) -> Mono.empty(), "FLUX_OF_0", (all) -> Flux.empty(), "FLUX_OF_1", (all) -> all.take(1),
				"FLUX_OF_3", (all) -> all);

		private final AtomicInteger handled = new AtomicInteger();

		@MessageHandler
		@Nullable Object ask(Ask ask) {
			this.handled.incrementAndGet();
			if (ask.kind().equals("THROWING")) {
				throw new IllegalStateException("thrown");
			}
			return RESULTS.get(ask.kind()).apply(Flux.range(0, 3).map(Reply::new));
		}

		@MessageHandler
		void askVoid(AskVoid ask) {
			this.handled.incrementAndGet();
		}

		@MessageHandler
		void askStream(AskStream ask, ContextStream stream) {
			this.handled.incrementAndGet();
			for (int i = 0; i < (ask.kind().equals("STREAM_OF_1") ? 1 : 3); i++) {
				stream.send(new Reply(i));
			}
			closeIfOwn(stream);
		}

		@MessageHandler
		void askSilent(AskSilent ask, ContextStream stream) {
			this.handled.incrementAndGet();
			closeIfOwn(stream);
		}

		/**
		 * The default stream is that of all others, too.
		 */
		private static void closeIfOwn(ContextStream stream) {
			if (stream.context().streamId() != Protocol.DEFAULT_STREAM) {
				stream.close();
			}
		}

	}

}
