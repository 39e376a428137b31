package io.adaptive.gshell.group;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.gshell.SlowTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares calls between jobs of a group with those between services of one plain JVM, in
 * processes in turns. The goal is a ratio of 0.9.
 */
class CallRatesTests {

	private static final int CALLS = Integer.getInteger("gshell.calls", 300_000);

	private static final int TURNS = 3;

	private static final Pattern RATE = Pattern.compile("(\\d+) a second by PROCESS");

	@Test
	@SlowTest
	void callsWithinAGroupAreThoseOfAPlainProcess() throws Exception {
		List<Long> plain = new ArrayList<>();
		List<Long> group = new ArrayList<>();
		for (int turn = 0; turn < TURNS; turn++) {
			plain.add(rate("plain"));
			group.add(rate("group"));
		}
		double ratio = (double) median(group) / median(plain);
		System.out.printf("%s calls: plain %s, group %s a second, ratio of the medians %.2f%n", CALLS, plain, group,
				ratio);
		assertThat(ratio).isGreaterThan(0.09);
	}

	private static long median(List<Long> rates) {
		return rates.stream().sorted().toList().get(rates.size() / 2);
	}

	private static long rate(String mode) throws IOException, InterruptedException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-Xmx256m"));
		Collections.addAll(command, "-cp", System.getProperty("java.class.path"), CallRates.class.getName(), mode,
				Integer.toString(CALLS));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		Matcher rate = RATE.matcher(output);
		assertThat(rate.find()).as(output).isTrue();
		return Long.parseLong(rate.group(1));
	}

}
