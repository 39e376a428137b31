package io.adaptive.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.ReportUtils;

/**
 * One run of JCStress, in a JVM of its own, which starts further ones.
 *
 * @param directory where its output goes, its report and its results
 * @param arguments as on its command line
 * @param limit after which it counts as hanging
 */
record JCStressRun(Path directory, List<String> arguments, Duration limit) {

	private static final String CONSOLE = "console.txt";

	/**
	 * Runs it to its end.
	 * @return a result for each race, of all its configurations
	 */
	Collection<TestResult> results() throws IOException, InterruptedException, ClassNotFoundException {
		deleteAll(this.directory);
		Files.createDirectories(this.directory);
		Process process = new ProcessBuilder(command()).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(CONSOLE).toFile())
			.start();
		try {
			if (!process.waitFor(this.limit.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("JCStress hangs" + tailOfConsole());
			}
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
		Collection<TestResult> results = read();
		if (process.exitValue() != 0 && results.stream().allMatch(ReportUtils::statusToPassed)) {
			throw new AssertionError("JCStress ended with " + process.exitValue() + tailOfConsole());
		}
		return results;
	}

	private List<String> command() {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-cp");
		command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
		command.add(Main.class.getName());
		command.addAll(this.arguments);
		return command;
	}

	private Collection<TestResult> read() throws IOException, ClassNotFoundException {
		InProcessCollector results = new InProcessCollector();
		DiskReadCollector reader = new DiskReadCollector(resultFile().toString(), results);
		reader.dump();
		reader.close();
		return ReportUtils.mergedByName(results.getTestResults());
	}

	private Path resultFile() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(".bin.gz"))
				.findAny()
				.orElseThrow(() -> new AssertionError("JCStress left no results" + tailOfConsole()));
		}
	}

	private String tailOfConsole() {
		try {
			List<String> lines = Files.readAllLines(this.directory.resolve(CONSOLE));
			return ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
		}
		catch (IOException ex) {
			return ", and its output cannot be read: " + ex;
		}
	}

	private static void deleteAll(Path directory) throws IOException {
		if (Files.exists(directory)) {
			try (Stream<Path> files = Files.walk(directory)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

}
