package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;

import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.Deadline;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a handler that only replies learns of its caller.
 */
class HandlerContextTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource(value = Scope.class, names = { "PROCESS", "OS" })
	void handlerSeesTheStreamAndTheDeadlineOfItsCaller(Scope scope) {
		try (TwoNodes nodes = new TwoNodes(scope, this.directory)) {
			Connection connection = nodes.connect(Service.named("test", "context")
				.onStreamOpen((context) -> context.set("stream " + context.streamId()))
				.handleInContext(Note.class, (note, context) -> {
					Deadline deadline = Deadline.current();
					boolean limited = deadline.remaining().filter((left) -> left.toSeconds() <= 60).isPresent();
					return new Note("%s %s %s".formatted(context.get(), limited, deadline.isPassed()));
				}));
			assertThat(connection.sendRecv(new Note(""), Note.class)).isEqualTo(new Note("stream 1 false false"));
			connection.setReceiveTimeout(Duration.ofMinutes(1));
			assertThat(connection.sendRecv(new Note(""), Note.class)).isEqualTo(new Note("stream 1 true false"));
		}
	}

	@Test
	void seeingTheContextOpensNoConversation() {
		try (TwoNodes nodes = new TwoNodes(Scope.OS, this.directory)) {
			MessageStream stream = nodes
				.connect(Service.named("test", "context").handleInContext(Note.class, (note, context) -> null))
				.newStream();
			assertThat(stream.sendRecv(new Note(""), Void.class)).isNull();
			stream.send(new Other());
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> stream.recv(Note.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNIMPLEMENTED));
		}
	}

	@Test
	void thereIsNoDeadlineOutsideOfHandlers() {
		assertThat(Deadline.current()).isSameAs(Deadline.NONE).hasToString("no deadline");
		assertThat(Deadline.NONE.remaining()).isEmpty();
		assertThat(Deadline.NONE.isPassed()).isFalse();
	}

	record Note(String text) {
	}

	record Other() {
	}

}
