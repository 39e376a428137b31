package io.adaptive.node;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import io.adaptive.annotation.Message;
import io.adaptive.fixture.CapturedLog;
import io.adaptive.fixture.CompiledSource;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Message types whose classes are broken, beside a type that is not.
 */
@Isolated
class BrokenMessageTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@TempDir
	Path directory;

	/** A type with a component whose class is missing. */
	private static final Class<?> INCOMPLETE = CompiledSource
		.of("public record Part(int value) { } public record Incomplete(Part part) { }")
		.without("Part")
		.type("Incomplete");

	private static Service service() {
		return Service.named("test", "broken")
			.handle(Fine.class, (ReplyHandler<Fine>) (message) -> message)
			.handle(Uninitialized.class, (ReplyHandler<Uninitialized>) (message) -> message)
			.handle(Strict.class, (ReplyHandler<Strict>) (message) -> message)
			.handle(INCOMPLETE, (ReplyHandler<Object>) (message) -> message)
			.handle(Ask.class, (ReplyHandler<Ask>) (message) -> new Whole(message.value(), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json", "cbor" })
	void theWarmUpOfABrokenTypePrintsNothingAndHindersNoOther(String codec) {
		List<Throwable> uncaught = new CopyOnWriteArrayList<>();
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		UncaughtExceptionHandler handlerBefore = Thread.getDefaultUncaughtExceptionHandler();
		PrintStream errBefore = System.err;
		Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> uncaught.add(ex));
		System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try (CapturedLog log = new CapturedLog(AdaptiveNode.class.getName(), Level.INFO);
				TwoNodes nodes = new TwoNodes(Scope.OS, this.directory, (builder) -> builder.codec(codec))) {
			Connection connection = nodes.connect(service());
			connection.setReceiveTimeout(LONG);
			await().atMost(LONG)
				.until(() -> log.events().stream().anyMatch((event) -> event.getMessage().startsWith("warm node=")));
			for (int round = 0; round < 5; round++) {
				assertThat(connection.sendRecv(new Fine(round), Fine.class)).isEqualTo(new Fine(round));
				assertThatExceptionOfType(RemoteException.class)
					.isThrownBy(() -> connection.sendRecv(new Lax(1), Lax.class))
					.withMessageContaining("no value is right");
				answerOrError(connection, round);
			}
		}
		finally {
			Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
			System.setErr(errBefore);
		}
		assertThat(uncaught).isEmpty();
		assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Exception", "Error", "\tat ");
	}

	/**
	 * A codec that goes by the declared types needs the class that fails; one that looks
	 * at the values does not.
	 */
	private static void answerOrError(Connection connection, int value) {
		try {
			assertThat(connection.sendRecv(new Ask(value), Whole.class)).isEqualTo(new Whole(value, null));
		}
		catch (AdaptiveException ex) {
			assertThat(ex).hasMessageContaining(Whole.class.getName());
		}
	}

	record Fine(int value) {
	}

	record Ask(int value) {
	}

	/**
	 * A class whose static initializer fails.
	 */
	record Uninitialized(int value) {

		static final int LIMIT = limit();

		private static int limit() {
			throw new AssertionError("no limit");
		}

	}

	record Whole(int value, Uninitialized part) {
	}

	@Message("test.strict")
	record Lax(int value) {
	}

	@Message("test.strict")
	record Strict(int value) {

		Strict {
			throw new AssertionError("no value is right");
		}

	}

}
