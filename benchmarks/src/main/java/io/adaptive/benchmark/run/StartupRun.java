package io.adaptive.benchmark.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures what the framework adds to the start of a small Spring Boot application, and
 * how long its first call takes. Starts with and without it take turns.
 */
public final class StartupRun {

	private static final int ROUNDS = 10;

	private static final String PUBLISHED = "published service=example/hello scopes=[OS]";

	private static final String WARM = "warm node=";

	private final Path directory;

	private final HelloJars jars;

	/**
	 * Makes a run.
	 */
	public StartupRun() {
		Path asbench = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
		Path program = asbench.resolveSibling("../startup/target/startup.jar").normalize();
		try {
			this.directory = Files.createTempDirectory("startup");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.jars = HelloJars.unpack(program, this.directory);
	}

	/**
	 * Measures and prints.
	 */
	public void run() {
		printSize();
		printStarts();
		printCalls();
	}

	private void printSize() {
		System.out.println("\n| jar beyond those of Spring Boot with Reactor Netty | KB |\n| --- | --: |");
		long total = 0;
		for (Path library : this.jars.added()) {
			total += size(library);
			System.out.println("| %s | %,d |".formatted(library.getFileName(), size(library) / 1000));
		}
		System.out.println("| all | %,d |%n".formatted(total / 1000));
	}

	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void printStarts() {
		List<long[]> without = new ArrayList<>();
		List<long[]> with = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			without.add(startWithout());
			with.add(startWith());
		}
		System.out.println(
				"| %d starts, in turns, median (fastest to slowest), ms | without | with | added |".formatted(ROUNDS));
		System.out.println("| --- | --: | --: | --: |");
		print("processor time of the main thread until `run` returns", without, with, 1);
		print("time from the start of the JVM until `run` returns", without, with, 0);
		Spread published = new Spread(with, 2);
		System.out
			.println("| from the start of the process until published in OS scope | | %s | |".formatted(published));
		System.out.println("| until the log says warm | | %s | |".formatted(new Spread(with, 3)));
	}

	private static void print(String what, List<long[]> without, List<long[]> with, int column) {
		Spread before = new Spread(without, column);
		Spread after = new Spread(with, column);
		System.out.println("| %s | %s | %s | %d |".formatted(what, before, after, after.median() - before.median()));
	}

	private long[] startWithout() {
		try (StartedHello hello = StartedHello.start(this.jars.classPathWithout())) {
			return startup(hello);
		}
	}

	private long[] startWith() {
		try (StartedHello hello = start()) {
			hello.after(PUBLISHED);
			long published = hello.millis();
			long[] startup = startup(hello);
			hello.after(WARM);
			return new long[] { startup[0], startup[1], published, hello.millis() };
		}
	}

	private static long[] startup(StartedHello hello) {
		return Arrays.stream(hello.after("startup ").split(" ")).mapToLong(Long::parseLong).toArray();
	}

	private StartedHello start(String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = "--adaptive.os.socket-directory=" + this.directory.resolve("sockets");
		return StartedHello.start(this.jars.classPathWithStarter(), all);
	}

	private void printCalls() {
		List<long[]> calls = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			calls.add(new long[] { ownCall(""), ownCall(WARM), otherCall("startup "), otherCall(WARM) });
		}
		System.out
			.println("\n| first call, median (fastest to slowest), ms | before warm | warm |\n| --- | --: | --: |");
		System.out.println("| within the process | %s | %s |".formatted(millis(calls, 0), millis(calls, 1)));
		System.out.println("| from another process | %s | %s |".formatted(millis(calls, 2), millis(calls, 3)));
	}

	private static Spread millis(List<long[]> micros, int column) {
		return new Spread(micros.stream().map((row) -> new long[] { row[column] / 1000 }).toList(), 0);
	}

	private long ownCall(String awaited) {
		try (StartedHello hello = start()) {
			hello.after("startup ");
			if (!awaited.isEmpty()) {
				hello.after(awaited);
			}
			return hello.call();
		}
	}

	/**
	 * Both wait: the first call needs the client's side too.
	 */
	private long otherCall(String awaited) {
		try (StartedHello server = start()) {
			server.after("startup ");
			server.after(WARM);
			try (StartedHello client = start("--spring.profiles.active=client",
					"--logging.level.io.adaptive.node=debug", "--spring.main.web-application-type=none")) {
				client.after(awaited);
				return client.call();
			}
		}
	}

	/**
	 * What was measured several times.
	 *
	 * @param sorted the measurements
	 */
	private record Spread(List<Long> sorted) {

		Spread(List<long[]> rows, int column) {
			this(rows.stream().map((row) -> row[column]).sorted().toList());
		}

		long median() {
			return this.sorted.get(this.sorted.size() / 2);
		}

		@Override
		public String toString() {
			return "%d (%d to %d)".formatted(median(), this.sorted.get(0), this.sorted.get(this.sorted.size() - 1));
		}

	}

}
