package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

import io.adaptive.gshell.state.GroupFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Control groups of runtime groups, one for each limit in version 1, one for all in
 * version 2. Their name has the name of the group and a checksum of the working
 * directory, so that daemons of several directories do not meet. They stay while a
 * process is in them, also one that a job has left behind.
 */
final class GroupControl {

	/** For classes, code and stacks beside heap and direct memory. */
	static final long BESIDE_HEAP = 256L << 20;

	private static final Logger logger = LoggerFactory.getLogger(GroupControl.class);

	private static final int PERIOD_MICROS = 100_000;

	private static final String MEMORY = "memory";

	private static final String CPU = "cpu";

	/** Takes the shell into each of the files up to the word --, and runs the rest. */
	private static final String ENTER = "while [ \"$1\" != -- ]; do echo $$ > \"$1\" || exit 1; shift; done; shift;"
			+ " exec \"$@\"";

	private final ControlGroups system;

	private final String name;

	private final String prefix;

	GroupControl(ControlGroups system, GroupFolder folder) {
		this(system, folder.path().toAbsolutePath().resolveSibling(""), folder.path().getFileName().toString());
	}

	private GroupControl(ControlGroups system, Path groups, String group) {
		this.system = system;
		CRC32 checksum = new CRC32();
		checksum.update(groups.toString().getBytes(StandardCharsets.UTF_8));
		this.prefix = "gshell-%08x-".formatted(checksum.getValue());
		this.name = this.prefix + group;
	}

	/**
	 * The name of its control groups.
	 */
	String name() {
		return this.name;
	}

	/**
	 * Deletes the control groups of a working directory in which there is no process.
	 * @param groups the folder of its groups
	 */
	static void sweep(ControlGroups system, Path groups) {
		GroupControl control = new GroupControl(system, groups.toAbsolutePath(), "");
		for (Path place : control.places()) {
			try (DirectoryStream<Path> found = Files.newDirectoryStream(place, control.prefix + "*")) {
				found.forEach(GroupControl::delete);
			}
			catch (IOException ex) {
				logger.debug("control groups are not listed: {}", ex.toString());
			}
		}
	}

	/**
	 * Limits the memory of the processes of the group.
	 * @param heapBytes size of the heap; as much direct memory can be allocated
	 * @return file by which a process enters
	 * @throws IOException if it cannot be limited; the message says why
	 */
	Path limitMemory(long heapBytes) throws IOException {
		ControlGroups.Place place = this.system.find(MEMORY);
		Path folder = make(place);
		write(folder.resolve((place.version() == 1) ? "memory.limit_in_bytes" : "memory.max"),
				String.valueOf(2 * heapBytes + BESIDE_HEAP));
		return folder.resolve("cgroup.procs");
	}

	/**
	 * Limits the processor time of the processes of the group.
	 * @param processors processors whose time they have at most
	 * @return file by which a process enters
	 * @throws IOException if it cannot be limited; the message says why
	 */
	Path limitProcessors(int processors) throws IOException {
		ControlGroups.Place place = this.system.find(CPU);
		Path folder = make(place);
		String micros = String.valueOf((long) processors * PERIOD_MICROS);
		if (place.version() == 1) {
			write(folder.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
			write(folder.resolve("cpu.cfs_quota_us"), micros);
		}
		else {
			write(folder.resolve("cpu.max"), micros + " " + PERIOD_MICROS);
		}
		return folder.resolve("cgroup.procs");
	}

	private Path make(ControlGroups.Place place) throws IOException {
		return Files.createDirectories(place.folder().resolve(this.name));
	}

	private static void write(Path file, String text) throws IOException {
		try {
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new IOException("%s may not be written".formatted(file), ex);
		}
	}

	/**
	 * The command that enters control groups and runs the words behind it.
	 */
	static List<String> enter(Set<Path> files) {
		List<String> words = new ArrayList<>(List.of("sh", "-c", ENTER, "gshell"));
		files.forEach((file) -> words.add(file.toString()));
		words.add("--");
		return words;
	}

	/**
	 * Processes that the kernel has killed since the control group was made, as they
	 * needed more memory than its limit.
	 * @return their number; 0 if it is not told
	 */
	long killsForMemory() {
		try {
			ControlGroups.Place place = this.system.find(MEMORY);
			Path folder = place.folder().resolve(this.name);
			Path file = folder.resolve((place.version() == 1) ? "memory.oom_control" : "memory.events");
			return Files.exists(file) ? Files.readAllLines(file)
				.stream()
				.filter((line) -> line.startsWith("oom_kill "))
				.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(' ') + 1).strip()))
				.sum() : 0;
		}
		catch (IOException | NumberFormatException ex) {
			return 0;
		}
	}

	/**
	 * Deletes the control groups, unless a process is in them.
	 */
	void delete() {
		places().forEach((place) -> delete(place.resolve(this.name)));
	}

	private Set<Path> places() {
		Set<Path> places = new LinkedHashSet<>();
		for (String controller : List.of(MEMORY, CPU)) {
			try {
				places.add(this.system.find(controller).folder());
			}
			catch (IOException ex) {
				// There is none.
			}
		}
		return places;
	}

	private static void delete(Path folder) {
		try {
			Files.deleteIfExists(folder);
		}
		catch (DirectoryNotEmptyException ex) {
			logger.debug("control group {} is kept: it has others below", folder);
		}
		catch (IOException ex) {
			logger.debug("control group {} is kept: {}", folder, ex.toString());
		}
	}

}
