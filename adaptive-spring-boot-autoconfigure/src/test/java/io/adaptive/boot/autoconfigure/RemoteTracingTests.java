package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.trace.MessageMarks;
import io.adaptive.trace.MessageTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Who may mark messages of an application from elsewhere, and read its traces.
 */
@Timeout(60)
class RemoteTracingTests {

	@TempDir
	private Path sockets;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class));

	@Test
	void otherProgramsOfTheMachineMayUnlessAPropertySaysOtherwise() {
		runner().run((context) -> {
			try (AdaptiveNode other = other()) {
				assertThat(marksOf(context.getBean(AdaptiveServer.class), other).marks()).isEmpty();
			}
		});
	}

	@Test
	void scopesThatAreNotNamedAreRefused() {
		runner().withPropertyValues("adaptive.tracing.mark-scopes=process").run((context) -> {
			try (AdaptiveNode other = other()) {
				MessageMarks marks = marksOf(context.getBean(AdaptiveServer.class), other);
				assertThatExceptionOfType(AdaptiveException.class).isThrownBy(marks::marks)
					.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
			}
		});
	}

	@Test
	void tracesAreReadByOtherProgramsOfTheMachineUnlessAPropertySaysOtherwise() {
		runner().run((context) -> assertThat(readByAnother(context)).hasSize(1));
		runner().withPropertyValues("adaptive.tracing.read-scopes=process")
			.run((context) -> assertThat(readByAnother(context)).isEmpty());
	}

	private List<MessageTrace> readByAnother(ApplicationContext context) {
		AdaptiveNode node = context.getBean(AdaptiveNode.class);
		try (AdaptiveNode other = other()) {
			marksOf(context.getBean(AdaptiveServer.class), other);
			String tokens = node.tracing().mark(Note.class, 1).tokens();
			Note note = new Note("traced");
			try (Connection echo = node.newClient().discover("example", "echo")) {
				assertThat(echo.sendRecv(note, Note.class)).isEqualTo(note);
			}
			assertThat(node.tracing().read(tokens, true)).hasSize(1);
			return other.tracing().read(tokens, true);
		}
	}

	private ApplicationContextRunner runner() {
		return this.contextRunner.withPropertyValues("adaptive.scopes=os",
				"adaptive.os.socket-directory=" + this.sockets);
	}

	private AdaptiveNode other() {
		return AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(this.sockets).build();
	}

	private static MessageMarks marksOf(AdaptiveServer server, AdaptiveNode other) {
		server.publish(Service.named("example", "echo").handle(Note.class, (note) -> note));
		List<String> programs = await().atMost(Duration.ofSeconds(30))
			.until(() -> other.tracing().programs(), (found) -> !found.isEmpty());
		return other.tracing().of(programs.get(0));
	}

	record Note(String text) {
	}

}
