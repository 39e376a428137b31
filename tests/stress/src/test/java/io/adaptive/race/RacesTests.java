package io.adaptive.race;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs the races of this module with JCStress: briefly, or for longer in the mode of its
 * own that {@code -Djcstress.mode} names; all of them, or those whose names contain the
 * regular expression {@code -Djcstress.test}. The report is in
 * {@code target/jcstress/results}.
 */
class RacesTests {

	/** Enough for an ordinary race to show, in a second or two for each. */
	private static final List<String> BRIEFLY = List.of("-m", "quick", "-sc", "false", "-f", "1", "-iters", "1",
			"-time", "100", "-jvmArgs", "-XX:+UseSerialGC");

	private static final Duration LIMIT_BRIEFLY = Duration.ofMinutes(10);

	private static final Duration LIMIT = Duration.ofDays(1);

	private static final String MODE = System.getProperty("jcstress.mode", "");

	private static final String SELECTION = System.getProperty("jcstress.test", "");

	@TestFactory
	Stream<DynamicTest> everyRaceEndsAsItMay() throws IOException, InterruptedException, ClassNotFoundException {
		assumeThat(Runtime.getRuntime().availableProcessors()).as("processors, for two actors").isGreaterThan(1);
		Collection<TestResult> results = run().results();
		assertThat(results.stream().map(TestResult::getName)).as("races that were run")
			.containsExactlyInAnyOrderElementsOf(selected());
		return results.stream()
			.map((result) -> DynamicTest.dynamicTest(result.getName(), () -> assertEndedAsItMay(result)));
	}

	private static JCStressRun run() {
		List<String> arguments = new ArrayList<>(MODE.isEmpty() ? BRIEFLY : List.of("-m", MODE));
		arguments.add("-v");
		if (!SELECTION.isEmpty()) {
			arguments.addAll(List.of("-t", SELECTION));
		}
		return new JCStressRun(Path.of("target", "jcstress"), arguments, MODE.isEmpty() ? LIMIT_BRIEFLY : LIMIT);
	}

	private static List<String> selected() {
		Pattern selection = Pattern.compile(SELECTION);
		return TestList.tests().stream().filter((name) -> selection.matcher(name).find()).toList();
	}

	private static void assertEndedAsItMay(TestResult result) {
		assertThat(result.grading().failureMessages).as("forbidden outcomes of %s", result.getName()).isEmpty();
		assertThat(result.status()).as("how %s went: %s", result.getName(), String.join("\n", result.getMessages()))
			.isEqualTo(Status.NORMAL);
		assertThat(result.grading().isPassed).as("%s passed", result.getName()).isTrue();
		assertThat(result.getTotalCount()).as("times %s was tried", result.getName()).isPositive();
	}

}
