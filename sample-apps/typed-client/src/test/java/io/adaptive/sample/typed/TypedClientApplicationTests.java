package io.adaptive.sample.typed;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class TypedClientApplicationTests {

	@Test
	void eachMethodIsACall(@TempDir Path socketDirectory, CapturedOutput output) {
		TypedClientApplication.main(new String[] { "--adaptive.os.socket-directory=" + socketDirectory });
		assertThat(output.getOut().lines()).containsSubsequence("1 + 2 = 3", "3 + 4 = 7", "root of 9: Optional[3]",
				"root of 10: Optional.empty", "counted: [1, 2, 3]", "noted: that was easy");
		assertThat(output.getOut()).contains("failed: ").contains("long overflow");
	}

}
