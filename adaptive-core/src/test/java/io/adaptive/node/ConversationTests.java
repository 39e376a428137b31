package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;

import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageTypeMismatchException;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.StreamResetException;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a user does with connections and streams, in each scope.
 */
class ConversationTests {

	@TempDir
	Path sockets;

	private TwoNodes nodes;

	Connection connect(Scope scope, Service service) {
		this.nodes = new TwoNodes(scope, this.sockets, this::settings);
		return this.nodes.connect(service);
	}

	AdaptiveNodeBuilder settings(AdaptiveNodeBuilder builder) {
		return builder;
	}

	@AfterEach
	void close() {
		this.nodes.close();
	}

	private static Service numbers() {
		return Service.named("test", "numbers")
			.handle(Question.class, (question) -> new Answer(question.number() * 2, question.text()))
			.handle(Note.class, (note) -> null)
			.handle(Fail.class, (fail) -> {
				throw new IllegalStateException(fail.why());
			})
			.handle(Start.class, (start, stream) -> {
				Next next = stream.recv(Next.class);
				while (next.number() < start.until()) {
					stream.send(new Answer(next.number() + 1, "next"));
					next = stream.recv(Next.class);
				}
				stream.close();
				return null;
			});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aRequestIsAnsweredByItsHandler(Scope scope) {
		try (Connection connection = connect(scope, numbers())) {
			assertThat(connection.sendRecv(new Question(21, "twice"), Answer.class)).isEqualTo(new Answer(42, "twice"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHandlerThatReturnsNothingIsAcknowledged(Scope scope) {
		try (Connection connection = connect(scope, numbers())) {
			assertThat(connection.sendRecv(new Note("x"), Void.class)).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anExceptionOfTheHandlerIsRaisedAtTheCaller(Scope scope) {
		try (Connection connection = connect(scope, numbers())) {
			assertThatExceptionOfType(RemoteException.class)
				.isThrownBy(() -> connection.sendRecv(new Fail("boom"), Answer.class))
				.withMessageContaining("boom")
				.satisfies((ex) -> assertThat(ex.error().type()).isEqualTo(IllegalStateException.class.getName()))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aMessageWithoutHandlerIsRefusedNamingTypeAndService(Scope scope) {
		try (Connection connection = connect(scope, numbers())) {
			assertThatExceptionOfType(RemoteException.class)
				.isThrownBy(() -> connection.sendRecv(new Next(1), Answer.class))
				.withMessageContaining(Next.class.getName())
				.withMessageContaining("test/numbers")
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNIMPLEMENTED));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void subsequentMessagesGoToTheHandlersInbox(Scope scope) {
		try (Connection connection = connect(scope, numbers()); MessageStream stream = connection.newStream()) {
			stream.send(new Start(5));
			stream.send(new Next(1));
			assertThat(stream.recv(Answer.class).number()).isEqualTo(2);
			assertThat(stream.sendRecv(new Next(2), Answer.class).number()).isEqualTo(3);
			stream.send(new Next(5));
			assertThatExceptionOfType(EndOfStreamException.class).isThrownBy(() -> stream.recv(Answer.class));
			assertThatExceptionOfType(StreamResetException.class).isThrownBy(() -> stream.send(new Next(6)));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aMessageOfAnotherTypeStaysForTheRightOne(Scope scope) {
		try (Connection connection = connect(scope, numbers()); MessageStream stream = connection.newStream()) {
			stream.send(new Start(5));
			stream.send(new Next(1));
			assertThatExceptionOfType(MessageTypeMismatchException.class).isThrownBy(() -> stream.recv(Next.class))
				.withMessageContaining(Next.class.getName())
				.withMessageContaining(Answer.class.getName());
			assertThat(stream.recv(Answer.class).number()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aSealedTypeAcceptsAnyOfItsRecords(Scope scope) {
		Service service = Service.named("test", "shapes").handle(Shape.class, (shape) -> shape);
		try (Connection connection = connect(scope, service)) {
			assertThat(connection.sendRecv(new Circle(2), Shape.class)).isEqualTo(new Circle(2));
			assertThat(connection.sendRecv(new Square(3), Shape.class)).isEqualTo(new Square(3));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void receivingEndsAtTheTimeout(Scope scope) {
		try (Connection connection = connect(scope, numbers())) {
			connection.setReceiveTimeout(Duration.ofMillis(50));
			assertThatExceptionOfType(ReceiveTimeoutException.class).isThrownBy(() -> connection.recv(Answer.class))
				.withMessageContaining("50 ms");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void largeMessagesArriveWhole(Scope scope) {
		Service service = Service.named("test", "blobs").handle(Blob.class, (blob) -> blob);
		byte[] bytes = new byte[3_000_000];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i * 31);
		}
		try (Connection connection = connect(scope, service)) {
			assertThat(connection.sendRecv(new Blob(bytes), Blob.class).bytes()).isEqualTo(bytes);
		}
	}

	record Question(int number, String text) {
	}

	record Answer(int number, String text) {
	}

	record Note(String text) {
	}

	record Fail(String why) {
	}

	record Start(int until) {
	}

	record Next(int number) {
	}

	record Blob(byte[] bytes) {
	}

	sealed interface Shape {

	}

	record Circle(int radius) implements Shape {
	}

	record Square(int side) implements Shape {
	}

}
