package io.adaptive.gshell.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.adaptive.gshell.SlowTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Memory of jobs that have ended.
 */
class JobCollectionTests {

	@Test
	@SlowTest
	void theClassLoadersOfTwoHundredJobsAreCollected() throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder(java, "-Xmx64m", "-XX:ActiveProcessorCount=2",
				"-XX:SoftRefLRUPolicyMSPerMB=0", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), ManyJobs.class.getName(), "200")
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		System.out.println(output);
		assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
		assertThat(output).containsPattern("200 loaders, [01] left");
		assertThat(process.exitValue()).isZero();
	}

}
