package debug.jvm.setmaxprocs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * Limits this process to some of the machine's processors, by the affinity of all its
 * threads, and prints the number before. Thread pools that exist keep their sizes.
 * Without an argument it prints the number. Needs Linux and {@code taskset}.
 */
public final class SetMaxProcs {

	private static final String ALL = "0-8191";

	private SetMaxProcs() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		List<Integer> before = processors();
		System.out.println("processors before: " + before.size());
		if (args.length == 0) {
			return;
		}
		int wanted = parse(args);
		// The kernel leaves those that this process may use.
		setAffinity(ALL);
		List<Integer> allowed = processors();
		if (wanted > allowed.size()) {
			setAffinity(list(before));
			throw new IllegalArgumentException(
					"%s processors are more than the %s that this process may use".formatted(wanted, allowed.size()));
		}
		setAffinity(list(allowed.subList(0, wanted)));
		System.out.println("processors now: " + processors().size());
		int counted = activeProcessorCount();
		if (counted > 0 && counted != wanted) {
			System.out
				.println("the JVM goes on counting %s, as its option ActiveProcessorCount says".formatted(counted));
		}
	}

	/**
	 * Returns what the option of the JVM says, below zero if it says nothing. What the
	 * JVM counts would follow the affinity only after some milliseconds.
	 */
	private static int activeProcessorCount() {
		return Integer.parseInt(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
			.getVMOption("ActiveProcessorCount")
			.getValue());
	}

	private static int parse(String[] args) {
		if (args.length == 1 && args[0].matches("[1-9][0-9]{0,3}")) {
			return Integer.parseInt(args[0]);
		}
		throw new IllegalArgumentException(
				"%s is no number of processors; use: setmaxprocs N".formatted(List.of(args)));
	}

	/**
	 * Returns the numbers of the processors that this process uses.
	 */
	private static List<Integer> processors() throws IOException {
		String field = "Cpus_allowed_list:";
		String list = Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith(field))
			.map((line) -> line.substring(field.length()).strip())
			.findFirst()
			.orElseThrow(() -> new IOException("/proc/self/status does not tell the processors"));
		List<Integer> numbers = new ArrayList<>();
		for (String range : list.split(",", -1)) {
			String[] bounds = range.split("-", 2);
			int first = Integer.parseInt(bounds[0]);
			IntStream.rangeClosed(first, (bounds.length == 1) ? first : Integer.parseInt(bounds[1]))
				.forEach(numbers::add);
		}
		return numbers;
	}

	private static String list(List<Integer> processors) {
		return processors.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

	private static void setAffinity(String processors) throws IOException, InterruptedException {
		Process taskset = new ProcessBuilder("taskset", "-a", "-c", "-p", processors,
				String.valueOf(ProcessHandle.current().pid()))
			.redirectErrorStream(true)
			.start();
		String answer = new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (taskset.waitFor() != 0) {
			throw new IOException("taskset: " + answer.strip());
		}
	}

}
