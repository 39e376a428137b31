package io.adaptive.spring.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnConnect;
import io.adaptive.spring.OnDisconnect;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.stream.Connection;
import io.adaptive.stream.StreamContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Methods of a service's beans refuse and close connections.
 */
class RefusingHookMethodsTests {

	@RegisterExtension
	private final AnnotatedNode node = new AnnotatedNode();

	@Test
	void aConnectMethodRefusesThoughAnotherFails() {
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> this.node.connectTo(Journal.class, Failing.class, Refusing.class, Behind.class))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
				assertThat(ex).hasMessageContaining("not today");
			});
		assertThat(this.node.bean(Journal.class).lines).containsExactly("failing", "refusing");
	}

	@Test
	void anErrorOfAConnectMethodKeepsNoOtherFromBeingCalled() {
		Connection connection = this.node.connectTo(Journal.class, Failing.class, Behind.class);
		connection.sendRecv(new Text("hello"), Void.class);
		assertThat(this.node.bean(Journal.class).lines).containsExactly("failing", "behind");
	}

	@Test
	void aStreamOpenMethodClosesTheConnection() {
		Connection connection = this.node.connectTo(Journal.class, Strict.class);
		Throwable atOnce = catchThrowable(connection::newStream);
		assertThat(atOnce).as("the connection may be closed before the stream is returned")
			.satisfiesAnyOf((none) -> assertThat(none).isNull(),
					(lost) -> assertThat(lost).isInstanceOf(ConnectionLostException.class));
		assertClosed(connection, "one stream is enough");
	}

	@Test
	void aHandlerClosesTheConnection() {
		Connection connection = this.node.connectTo(Journal.class, Strict.class);
		connection.send(new Text("bye"));
		assertClosed(connection, "bye yourself");
	}

	private void assertClosed(Connection connection, String reason) {
		await().until(() -> !connection.isOpen());
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> connection.sendRecv(new Text("hello"), Void.class))
			.satisfies((ex) -> {
				assertThat(ex.reason().code()).isEqualTo(ErrorCode.ABORTED);
				assertThat(ex.reason().message()).isEqualTo(reason);
				assertThat(ex.reason().origin()).startsWith("example/test@");
			});
		await().untilAsserted(
				() -> assertThat(this.node.bean(Journal.class).lines).containsExactly("gone: ABORTED: " + reason));
	}

	record Text(String value) {

	}

	static class Journal {

		private final List<String> lines = new CopyOnWriteArrayList<>();

	}

	@Order(1)
	@AdaptiveService(publisher = "example", name = "test")
	static class Failing {

		private final List<String> lines;

		Failing(Journal journal) {
			this.lines = journal.lines;
		}

		@OnConnect
		void connected() {
			this.lines.add("failing");
			throw new AssertionError("a fault of the hook");
		}

		@MessageHandler
		void hear(Text text) {
		}

	}

	@Order(2)
	@AdaptiveService(publisher = "example", name = "test")
	static class Refusing {

		private final List<String> lines;

		Refusing(Journal journal) {
			this.lines = journal.lines;
		}

		@OnConnect
		void connected() {
			this.lines.add("refusing");
			throw new AdaptiveException(ErrorCode.PERMISSION_DENIED, "not today");
		}

		@OnDisconnect
		void disconnected() {
			this.lines.add("disconnected");
		}

	}

	@Order(3)
	@AdaptiveService(publisher = "example", name = "test")
	static class Behind {

		private final List<String> lines;

		Behind(Journal journal) {
			this.lines = journal.lines;
		}

		@OnConnect
		void connected() {
			this.lines.add("behind");
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Strict {

		private final List<String> lines;

		Strict(Journal journal) {
			this.lines = journal.lines;
		}

		@OnStreamOpen
		void opened(StreamContext stream) {
			if (stream.streamId() != 1) {
				stream.closeConnection(ErrorCode.ABORTED, "one stream is enough");
			}
		}

		@MessageHandler
		void hear(Text text, StreamContext stream) {
			stream.closeConnection(ErrorCode.ABORTED, text.value() + " yourself");
		}

		@OnDisconnect
		void disconnected(ErrorInfo cause) {
			this.lines.add("gone: " + cause);
		}

	}

}
