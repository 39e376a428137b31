package io.adaptive.integration.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.integration.samples.SampleProcess.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Server and client, each started as a user starts it, in a JVM of its own.
 */
class HelloProcessesTests {

	private static final String PUBLISHED = "published service=example/hello scopes=[OS]";

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@TempDir
	private Path socketDirectory;

	@Test
	void clientThatStartedFirstIsAnsweredSoonAfterPublishing() throws Exception {
		try (SampleProcess client = startClient()) {
			client.awaitLine("waiting for service=example/hello");
			try (SampleProcess server = startServer()) {
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
		try (SampleProcess server = startServer()) {
			server.awaitLine(PUBLISHED);
			try (SampleProcess client = startClient("--who=Mary", "--question=how are you")) {
				assertThat(client.awaitLastLine().text()).isEqualTo("I am good, Mary");
				assertThat(client.awaitExit()).isZero();
			}
		}
	}

	@Test
	void serverThatIsTerminatedUnpublishesBeforeItEnds() throws Exception {
		try (SampleProcess server = startServer()) {
			server.awaitLine(PUBLISHED);
			server.terminate();
			server.awaitExit();
			server.awaitLine("unpublished service=example/hello scopes=[OS]");
		}
	}

	@Test
	void serverThatWasPreparedAheadOfTimeAnswers() throws Exception {
		try (SampleProcess server = startServer("-Dspring.aot.enabled=true")) {
			server.awaitLine("Starting AOT-processed HelloServer");
			server.awaitLine(PUBLISHED);
			try (SampleProcess client = startClient()) {
				assertThat(client.awaitLastLine().text()).isEqualTo("I am hello server, John");
			}
		}
	}

	private SampleProcess startServer(String... args) throws IOException {
		return start("hello/hello-server/target/hello-server-exec.jar", "--server.port=0", args);
	}

	private SampleProcess startClient(String... args) throws IOException {
		return start("hello/hello-client/target/hello-client-exec.jar", "--spring.main.banner-mode=off", args);
	}

	private SampleProcess start(String jar, String argument, String... more) throws IOException {
		List<String> args = new ArrayList<>(List.of(more));
		args.add("--adaptive.os.socket-directory=" + this.socketDirectory);
		args.add(argument);
		return SampleProcess.start(jar, args);
	}

}
