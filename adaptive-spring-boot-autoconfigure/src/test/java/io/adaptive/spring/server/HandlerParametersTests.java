package io.adaptive.spring.server;

import java.time.Duration;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.Priority;
import io.adaptive.message.RemoteException;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.Deadline;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what handlers are given, and how they are called.
 */
class HandlerParametersTests {

	@RegisterExtension
	private final AnnotatedNode node = new AnnotatedNode();

	@Test
	void handlerTakesAllThereIsInAnyOrder() {
		Connection connection = this.node.connectTo(Curious.class);
		connection.setReceiveTimeout(Duration.ofMinutes(1));
		assertThat(connection.sendRecv(new Text("all"), Text.class))
			.isEqualTo(new Text("all PROCESS example/test session 1 true true"));
	}

	@Test
	void callerWithoutDeadlineHasNone() {
		assertThat(this.node.connectTo(Patient.class).sendRecv(new Text(""), Text.class))
			.isEqualTo(new Text("no deadline false"));
	}

	@Test
	void handlerThatOnlyLooksAtTheContextOpensNoConversation() {
		MessageStream stream = this.node.connectTo(Looking.class).newStream();
		assertThat(stream.sendRecv(new Text("look"), Void.class)).isNull();
		stream.send(new Number(1));
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> stream.recv(Text.class))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNIMPLEMENTED));
	}

	@Test
	void eachStreamHasItsOwnObject() {
		Connection connection = this.node.connectTo(Counting.class);
		MessageStream first = connection.newStream();
		MessageStream second = connection.newStream();
		assertThat(first.sendRecv(new Text(""), Number.class)).isEqualTo(new Number(1));
		assertThat(first.sendRecv(new Text(""), Number.class)).isEqualTo(new Number(2));
		assertThat(second.sendRecv(new Text(""), Number.class)).isEqualTo(new Number(1));
	}

	@Test
	void handlerOfAStreamWithoutObjectIsNotCalled() {
		Connection connection = this.node.connectTo(Objectless.class);
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> connection.sendRecv(new Text(""), Text.class))
			.withMessageContaining("@OnStreamOpen method failed, or returned null")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION));
		assertThat(connection.sendRecv(new Number(1), Text.class)).isEqualTo(new Text("none"));
	}

	@Test
	void nonBlockingHandlerRunsOnTheThreadOfItsCaller() {
		Connection connection = this.node.connectTo(Options.class);
		assertThat(connection.sendRecv(new Text(""), Text.class))
			.isEqualTo(new Text(Thread.currentThread().toString()));
		assertThat(connection.sendRecv(new Number(1), Text.class))
			.isNotEqualTo(new Text(Thread.currentThread().toString()));
	}

	record Text(String value) {

	}

	record Number(int value) {

	}

	record Session(String id) {

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Curious {

		@OnStreamOpen
		Session open(ConnectionInfo connection, StreamContext context) {
			return new Session("session " + context.streamId());
		}

		@MessageHandler
		Text hear(Deadline deadline, Session session, ContextStream stream, Text text, ConnectionInfo connection,
				StreamContext context) {
			boolean limited = deadline.remaining().filter((left) -> left.toSeconds() <= 60).isPresent();
			boolean same = stream.context() == context && context.get() == session;
			return new Text("%s %s %s %s %s %s".formatted(text.value(), connection.scope(), connection.service(),
					session.id(), limited, same));
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Patient {

		@MessageHandler
		Text hear(Text text, Deadline deadline) {
			return new Text(deadline + " " + deadline.isPassed());
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Looking {

		@MessageHandler
		void look(StreamContext context, Text text) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Counting {

		@OnStreamOpen
		int[] open() {
			return new int[1];
		}

		@MessageHandler
		Number count(Text text, int[] counter) {
			return new Number(++counter[0]);
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Objectless {

		@OnStreamOpen
		Session open() {
			throw new IllegalStateException("no session");
		}

		@MessageHandler
		Text demand(Text text, Session session) {
			return text;
		}

		@MessageHandler
		Text ask(Number number, @Nullable Session session) {
			return new Text((session != null) ? "some" : "none");
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Options {

		@MessageHandler(nonBlocking = true)
		Text here(Text text) {
			return new Text(Thread.currentThread().toString());
		}

		@MessageHandler(priority = Priority.HIGH)
		Text onWorker(Number number) {
			return new Text(Thread.currentThread().toString());
		}

	}

}
