package io.adaptive.sample.hello.client;

import java.nio.file.Path;
import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.sample.hello.message.HelloReply;
import io.adaptive.sample.hello.message.HelloRequest;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HelloClient}, against a service that repeats what it was asked.
 */
@ExtendWith(OutputCaptureExtension.class)
class HelloClientTests {

	@TempDir
	private Path socketDirectory;

	private AdaptiveNode node;

	private AdaptiveServer server;

	@BeforeEach
	void publishService() {
		this.node = AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(this.socketDirectory).build();
		this.server = this.node.newServer();
		this.server.publish(Service.named("example", "hello")
			.handle(HelloRequest.class,
					(HelloRequest request) -> new HelloReply(request.who() + " asked: " + request.question())));
	}

	@AfterEach
	void closeNode() {
		this.server.close();
		this.node.close();
	}

	@Test
	void answerIsTheLastLineOfOutput(CapturedOutput output) {
		HelloClient.main(args());
		assertThat(output.getOut().lines()).last().isEqualTo("John asked: who are you");
	}

	@Test
	void whoAndQuestionAreOptions(CapturedOutput output) {
		HelloClient.main(args("--who=Mary", "--question=how are you"));
		assertThat(output.getOut().lines()).last().isEqualTo("Mary asked: how are you");
	}

	private String[] args(String... more) {
		String[] args = new String[more.length + 1];
		args[0] = "--adaptive.os.socket-directory=" + this.socketDirectory;
		System.arraycopy(more, 0, args, 1, more.length);
		return args;
	}

}
