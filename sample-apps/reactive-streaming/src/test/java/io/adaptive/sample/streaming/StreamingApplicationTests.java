package io.adaptive.sample.streaming;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StreamingApplicationTests {

	private static final Pattern STOPPED = Pattern.compile("the service stops before (\\d+)");

	@Test
	void serviceIsNotFarAheadAndStopsWhenNobodyReads(@TempDir Path socketDirectory, CapturedOutput output) {
		StreamingApplication.main(new String[] { "--adaptive.os.socket-directory=" + socketDirectory });
		assertThat(output.getOut().lines()).containsSequence("8", "9", "10");
		Matcher stopped = STOPPED.matcher(output.getOut());
		assertThat(stopped.find()).isTrue();
		assertThat(Integer.parseInt(stopped.group(1))).isBetween(10, 10_000);
	}

}
