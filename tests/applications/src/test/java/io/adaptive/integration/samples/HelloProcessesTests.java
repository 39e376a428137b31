package io.adaptive.sample.hello;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.adaptive.sample.hello.JavaProcess.Line;
import io.adaptive.sample.hello.client.HelloClient;
import io.adaptive.sample.hello.server.HelloServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Server and client, each started as a user starts it, in a JVM of its own.
 */
class TwoProcessesTests {

	private static final String PUBLISHED = "published service=example/hello scopes=[OS]";

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@TempDir
	private Path socketDirectory;

	@Test
	void clientThatStartedFirstIsAnsweredSoonAfterPublishing() throws Exception {
		try (JavaProcess client = JavaProcess.start(HelloClient.class, socketDirectory())) {
			client.awaitLine("waiting for service=example/hello");
			try (JavaProcess server = JavaProcess.start(HelloServer.class, socketDirectory(), "--server.port=0")) {
				Line published = server.awaitLine(PUBLISHED);
				Line answer = client.awaitLastLine();
				assertThat(answer.text()).isEqualTo("I am hello server, John");
				assertThat(client.awaitExit()).isZero();
				server.terminate();
				server.awaitExit();
				Duration time = answer.since(published);
				System.out.println("answered " + time + " after publishing");
				assertThat(time).as("goal: a second").isLessThan(LIMIT);
			}
		}
	}

	@Test
	void clientThatStartedLaterIsAnswered() throws Exception {
		try (JavaProcess server = JavaProcess.start(HelloServer.class, socketDirectory(), "--server.port=0")) {
			server.awaitLine(PUBLISHED);
			try (JavaProcess client = JavaProcess.start(HelloClient.class, socketDirectory(), "--who=Mary",
					"--question=how are you")) {
				assertThat(client.awaitLastLine().text()).isEqualTo("I am good, Mary");
				assertThat(client.awaitExit()).isZero();
			}
		}
	}

	@Test
	void serverThatIsTerminatedUnpublishesBeforeItEnds() throws Exception {
		try (JavaProcess server = JavaProcess.start(HelloServer.class, socketDirectory(), "--server.port=0")) {
			server.awaitLine(PUBLISHED);
			server.terminate();
			server.awaitExit();
			server.awaitLine("unpublished service=example/hello scopes=[OS]");
		}
	}

	@Test
	void serverThatWasPreparedAheadOfTimeAnswers() throws Exception {
		String prepared = "io.adaptive.sample.hello.server.HelloServer__ApplicationContextInitializer";
		assumeTrue(ClassUtils.isPresent(prepared, null), "not packaged, so not prepared: mvn verify");
		try (JavaProcess server = JavaProcess.start(List.of("-Dspring.aot.enabled=true"), HelloServer.class,
				socketDirectory(), "--server.port=0")) {
			server.awaitLine("Starting AOT-processed HelloServer");
			server.awaitLine(PUBLISHED);
			try (JavaProcess client = JavaProcess.start(HelloClient.class, socketDirectory())) {
				assertThat(client.awaitLastLine().text()).isEqualTo("I am hello server, John");
			}
		}
	}

	private String socketDirectory() {
		return "--adaptive.os.socket-directory=" + this.socketDirectory;
	}

}
