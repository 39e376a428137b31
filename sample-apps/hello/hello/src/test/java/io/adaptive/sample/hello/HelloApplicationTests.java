package io.adaptive.sample.hello;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HelloApplication}.
 */
@ExtendWith(OutputCaptureExtension.class)
class HelloApplicationTests {

	@Test
	void answerIsTheLastLineOfOutput(@TempDir Path socketDirectory, CapturedOutput output) {
		HelloApplication.main(new String[] { "--adaptive.os.socket-directory=" + socketDirectory });
		assertThat(output.getOut().lines()).last().isEqualTo("I am hello server, John");
	}

}
