package perf.topid.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder {@code /proc} of a test.
 */
final class ProcTree {

	private final Path root;

	ProcTree(Path root) {
		this.root = root;
	}

	void process(int pid, String name, int parent, long start, long user, long system, int threads) {
		write(pid + "/stat", stat(pid, name, parent, start, user, system, threads));
		write(pid + "/statm", "100 25 5 1 0 20 0\n");
		write(pid + "/cmdline", "/bin/" + name + "\0--option\0");
	}

	void thread(int pid, int tid, String name, long start, long user, long system) {
		write(pid + "/task/" + tid + "/stat", stat(tid, name, 1, start, user, system, 2));
	}

	private static String stat(int id, String name, int parent, long start, long user, long system, int threads) {
		return "%s (%s) S %s 1 1 0 -1 4194560 1 2 3 4 %s %s 0 0 20 0 %s 0 %s 0 0 0\n".formatted(id, name, parent, user,
				system, threads, start);
	}

	void write(String file, String text) {
		try {
			Path path = this.root.resolve(file);
			Files.createDirectories(path.getParent());
			Files.writeString(path, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void remove(int pid) throws IOException {
		try (Stream<Path> files = Files.walk(this.root.resolve(String.valueOf(pid)))) {
			List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
			for (Path each : deepestFirst) {
				Files.delete(each);
			}
		}
	}

}
