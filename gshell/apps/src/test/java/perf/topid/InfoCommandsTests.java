package perf.topid;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InfoCommands}.
 */
class InfoCommandsTests {

	@Test
	void outputAndErrorsOfEachCommand() throws InterruptedException {
		assertThat(InfoCommands.run(List.of("echo out; echo err >&2", "exit 3", "cat")))
			.isEqualTo("$ echo out; echo err >&2\nout\nerr\n\n$ exit 3\n\n$ cat\n\n");
		assertThat(InfoCommands.run(List.of())).isEmpty();
	}

	@Test
	void muchOutputIsCut() throws InterruptedException {
		assertThat(InfoCommands.run(List.of("yes"))).hasSize("$ yes\n\n".length() + 64 * 1024);
	}

}
