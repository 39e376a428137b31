package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.adaptive.annotation.Message;
import io.adaptive.fixture.CapturedLog;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What callers and the server's log are told about messages that do not get through.
 */
class ValueErrorsTests {

	@TempDir
	Path directory;

	static Stream<Arguments> links() {
		return Stream.of(Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream.of("fory", "json", "cbor").map((codec) -> Arguments.of(scope, codec)));
	}

	private static Service service() {
		return Service.named("test", "errors")
			.handle(Strict.class, (ReplyHandler<Strict>) (message) -> message)
			.handle(Ask.class, (ReplyHandler<Ask>) (message) -> new Open(new Hidden(1)))
			.handle(Open.class, (ReplyHandler<Open>) (message) -> message);
	}

	@ParameterizedTest
	@MethodSource("links")
	void eachFailureIsToldInTheWordsOfThisFramework(Scope scope, String codec) {
		try (TwoNodes nodes = new TwoNodes(scope, this.directory,
				(builder) -> builder.codec(codec).warmUpAtOnce(false));
				CapturedLog log = new CapturedLog("io.adaptive.internal.dispatch", Level.DEBUG)) {
			Connection connection = nodes.connect(service());
			connection.setReceiveTimeout(Duration.ofSeconds(30));
			refusedByItsSender(connection);
			refusedByItsConstructor(connection, log);
			refusedAnswer(connection);
			noMessage(connection);
		}
	}

	private static void refusedByItsSender(Connection connection) {
		MessageCodecException refused = catchThrowableOfType(MessageCodecException.class,
				() -> connection.sendRecv(new Open(new Hidden(1)), Open.class));
		assertThat(refused.delivery()).isEqualTo(Delivery.NOT_SENT);
		assertInOurWords(refused).contains("component content", Hidden.class.getName(), "adaptive.registered-types");
	}

	private static void refusedByItsConstructor(Connection connection, CapturedLog log) {
		for (int i = 0; i < 5; i++) {
			RemoteException refused = catchThrowableOfType(RemoteException.class,
					() -> connection.sendRecv(new Lax(-7), Lax.class));
			assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
			assertInOurWords(refused).contains("the amount -7 is negative");
		}
		assertThat(log.lines()).filteredOn((line) -> line.startsWith("message not decoded"))
			.singleElement()
			.asString()
			.contains("service=test/errors message=test.values.amount", "code=INVALID_ARGUMENT")
			.doesNotContain("-7");
	}

	private static void refusedAnswer(Connection connection) {
		RemoteException refused = catchThrowableOfType(RemoteException.class,
				() -> connection.sendRecv(new Ask("x"), Open.class));
		assertInOurWords(refused).contains("component content", Hidden.class.getName());
	}

	private static void noMessage(Connection connection) {
		ThrowingCallable[] calls = { () -> connection.send(null), () -> connection.sendRecv(null, Ask.class),
				() -> connection.reactive().send(null).block(),
				() -> connection.reactive().sendRecv(null, Ask.class).block() };
		String[] places = { "send(message)", "sendRecv(request, replyType)", "send(message)",
				"sendRecv(request, replyType)" };
		for (int i = 0; i < calls.length; i++) {
			assertThatIllegalArgumentException().isThrownBy(calls[i]).withMessageContaining(places[i]);
		}
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> connection.async().sendRecv(null, Ask.class).get())
			.withMessageContaining("sendRecv(request, replyType)");
	}

	private static org.assertj.core.api.AbstractStringAssert<?> assertInOurWords(Throwable refused) {
		return assertThat(refused.getMessage()).doesNotContain("Fory", "erializer", "Jackson", "jackson", "sequential");
	}

	@Message("test.values.amount")
	record Lax(int amount) {
	}

	@Message("test.values.amount")
	record Strict(int amount) {

		Strict {
			if (amount < 0) {
				throw new IllegalArgumentException("the amount %d is negative".formatted(amount));
			}
		}

	}

	record Ask(String what) {
	}

	record Open(Object content) {
	}

	record Hidden(int value) {
	}

}
