package io.adaptive.gshell.group;

import java.nio.file.Path;
import java.util.Map;

import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that a job leaves open, and the services that they publish.
 */
class LeftNodesTests {

	private static final String SOURCE = """
			import io.adaptive.node.AdaptiveNode;
			import io.adaptive.server.Service;
			class Main {
				public static void main(String[] args) {
					AdaptiveNode node = AdaptiveNode.builder().build();
					node.newServer().publish(Service.named("test", "left").handle(String.class, (text) -> text));
					System.out.println(node.instance());
					END
				}
			}
			""";

	@TempDir
	Path folder;

	private static String line(GroupJob job) {
		return JobsFixture.awaitLog(job, "\n").strip();
	}

	@Test
	void aNodeIsNamedIfNoShutdownHookHasClosedIt() {
		try (JobsFixture group = new JobsFixture(this.folder)) {
			GroupJob job = group.run(Map.of("Main.java", SOURCE.replace("END", "Runtime.getRuntime().halt(7);")));
			JobRecord ended = JobsFixture.awaitStatus(job, JobStatus.EXITED_ERR);
			assertThat(ended.exitStatus()).isEqualTo(7);
			assertThat(ended.leftBehind()).containsExactly("node " + line(job));
			// The service is gone with it.
			GroupJob next = group.run(Map.of("Main.java", SOURCE.replace("END", "System.exit(0);")));
			assertThat(JobsFixture.awaitStatus(next, JobStatus.EXITED_OK).leftBehind()).isEmpty();
			assertThat(line(next)).isNotEqualTo(line(job));
		}
	}

}
