package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.adaptive.annotation.Message;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageTypeMismatchException;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Answers that are received by no type, by {@code Object}, and by a type that they do not
 * fit.
 */
class ReplyTypeTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	@TempDir
	Path directory;

	static Stream<String> codecs() {
		return Stream.of("fory", "json", "cbor");
	}

	private AdaptiveNode node(String codec) {
		return AdaptiveNode.builder()
			.scopes(Set.of(Scope.OS))
			.processSpace(new ProcessSpace())
			.socketDirectory(this.directory)
			.registerTypes(List.of(Known.class))
			.warmUpAtOnce(false)
			.codec(codec)
			.build();
	}

	private static Service service() {
		return Service.named("test", "replies").handle(Ask.class, (ask) -> switch (ask.what()) {
			case "nothing" -> null;
			case "known" -> new Known("k");
			case "unknown" -> new Stranger("s");
			case "text" -> "text";
			case "uuid" -> new UUID(1, 2);
			default -> 5L;
		}).handle(Talk.class, (Talk talk, ContextStream stream) -> {
			stream.send(new Known("first"));
			stream.sendRecv(new Stranger("question"), Void.class);
			stream.send("last");
			return null;
		});
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void anAnswerThatIsNotWantedCompletesTheCallInEveryForm(String codec) throws Exception {
		try (AdaptiveNode server = node(codec); AdaptiveNode client = node(codec)) {
			server.newServer().publish(service());
			Connection connection = client.newClient().discoverTimeout(LONG).discover("test", "replies");
			for (String what : List.of("nothing", "known", "unknown", "number")) {
				Void none = connection.sendRecv(new Ask(what), Void.class);
				assertThat(none).isNull();
				assertThat(connection.async().sendRecv(new Ask(what), Void.class).get(30, TimeUnit.SECONDS)).isNull();
				assertThat(connection.reactive().sendRecv(new Ask(what), Void.class).blockOptional(LONG)).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void objectReceivesWhatIsKnownByItsName(String codec) {
		try (AdaptiveNode server = node(codec); AdaptiveNode client = node(codec)) {
			server.newServer().publish(service());
			Connection connection = client.newClient().discoverTimeout(LONG).discover("test", "replies");
			assertThat(connection.sendRecv(new Ask("known"), Object.class)).isEqualTo(new Known("k"));
			assertThat(connection.sendRecv(new Ask("text"), Object.class)).isEqualTo("text");
			assertThat(connection.sendRecv(new Ask("uuid"), Object.class)).isEqualTo(new UUID(1, 2));
			assertThat(connection.sendRecv(new Ask("number"), Object.class)).isEqualTo(5L);
			assertThat(connection.sendRecv(new Ask("nothing"), Object.class)).isNull();
			assertThatExceptionOfType(MessageTypeMismatchException.class)
				.isThrownBy(() -> connection.sendRecv(new Ask("unknown"), Object.class))
				.withMessageContaining(Stranger.class.getName());
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void objectReceivesTheMessagesOfAConversation(String codec) {
		try (AdaptiveNode server = node(codec); AdaptiveNode client = node(codec)) {
			server.newServer().publish(service());
			Connection connection = client.newClient().discoverTimeout(LONG).discover("test", "replies");
			connection.send(new Talk("x"));
			assertThat(connection.recv(Object.class)).isEqualTo(new Known("first"));
			assertThatExceptionOfType(MessageTypeMismatchException.class)
				.isThrownBy(() -> connection.recv(Object.class));
			assertThat(connection.recv(Stranger.class)).isEqualTo(new Stranger("question"));
			connection.send(new Known("answer that is not looked at"));
			assertThat(connection.recv(Object.class)).isEqualTo("last");
		}
	}

	@Test
	void objectReceivesAnythingWithinAProcess() {
		try (AdaptiveNode node = AdaptiveNode.builder().inMemory(new ProcessSpace()).warmUpAtOnce(false).build()) {
			node.newServer().publish(service());
			Connection connection = node.newClient().discoverTimeout(LONG).discover("test", "replies");
			assertThat(connection.sendRecv(new Ask("unknown"), Object.class)).isEqualTo(new Stranger("s"));
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void anAnswerThatCannotBeDecodedIsNotAskedForAgain(String codec) {
		AtomicInteger handled = new AtomicInteger();
		try (AdaptiveNode server = node(codec); AdaptiveNode client = node(codec)) {
			server.newServer().publish(Service.named("test", "account").handle(Ask.class, (ask) -> {
				handled.incrementAndGet();
				return new New(State.FROZEN);
			}));
			Connection connection = client.newClient().discoverTimeout(LONG).discover("test", "account");
			assertThatExceptionOfType(AdaptiveException.class)
				.isThrownBy(() -> connection.sendRecv(new Ask("x"), Old.class))
				.withMessageContaining("The answer came")
				.satisfies((ex) -> {
					assertThat(ex.delivery()).isEqualTo(Delivery.UNKNOWN);
					assertThat(ex.code()).isEqualTo(ErrorCode.INTERNAL);
				});
			assertThat(handled).hasValue(1);
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aMessageThatItsConstructorRefusesIsAnInvalidArgument(String codec) {
		try (AdaptiveNode server = node(codec); AdaptiveNode client = node(codec)) {
			server.newServer().publish(Service.named("test", "strict").handle(Strict.class, (message) -> message));
			Connection connection = client.newClient().discoverTimeout(LONG).discover("test", "strict");
			connection.setReceiveTimeout(LONG);
			for (int value : List.of(-1, -2)) {
				assertThatExceptionOfType(AdaptiveException.class)
					.isThrownBy(() -> connection.sendRecv(new Lax(value), Lax.class))
					.withMessageContaining((value == -1) ? "not negative" : "an assertion")
					.satisfies((ex) -> {
						assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
						assertThat(ex.delivery()).isEqualTo(Delivery.NOT_PROCESSED);
					});
			}
			assertThat(connection.sendRecv(new Lax(1), Lax.class)).isEqualTo(new Lax(1));
		}
	}

	record Ask(String what) {
	}

	record Talk(String about) {
	}

	record Known(String text) {
	}

	record Stranger(String text) {
	}

	enum State {

		OPEN, FROZEN

	}

	@Message("test.state.old")
	enum OldState {

		OPEN

	}

	@Message("test.account")
	record New(State state) {
	}

	@Message("test.account")
	record Old(OldState state) {
	}

	@Message("test.strict")
	record Lax(int value) {
	}

	@Message("test.strict")
	record Strict(int value) {

		Strict {
			if (value == -1) {
				throw new IllegalArgumentException("not negative");
			}
			if (value == -2) {
				throw new AssertionError("an assertion");
			}
		}

	}

}
