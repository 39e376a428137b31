package perf.topid.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine is, in words for people.
 *
 * @param processors the number of processors that are on line
 * @param processor what they are
 * @param kernel the kernel and its version
 * @param limits the limits of the container and how often they were met, empty for none
 */
public record MachineText(int processors, String processor, String kernel, String limits) {

	private static final String UNKNOWN = "unknown";

	/**
	 * Reads the descriptions. What cannot be read is unknown.
	 * @param proc the folder {@code /proc}
	 * @param cgroups the folder {@code /sys/fs/cgroup}
	 * @return the descriptions
	 */
	public static MachineText read(Path proc, Path cgroups) {
		return new MachineText(processors(proc), processor(read(proc.resolve("cpuinfo"))),
				firstLine(read(proc.resolve("version"))), String.join("\n", limits(cgroups)));
	}

	private static int processors(Path proc) {
		byte[] stat = read(proc.resolve("stat")).getBytes(StandardCharsets.ISO_8859_1);
		return CpuTimes.parse(stat, stat.length).size();
	}

	/** The keys of x86, ARM, POWER and RISC-V. */
	private static String processor(String cpuinfo) {
		for (String key : List.of("model name", "Hardware", "cpu\t", "Processor", "uarch")) {
			for (String line : cpuinfo.split("\n", -1)) {
				if (line.startsWith(key) && line.contains(":")) {
					return line.substring(line.indexOf(':') + 1).strip();
				}
			}
		}
		return UNKNOWN;
	}

	private static String firstLine(String text) {
		return text.isBlank() ? UNKNOWN : text.lines().findFirst().orElse(UNKNOWN).strip();
	}

	/**
	 * Returns the limits of the control group whose files are at the root, as in a
	 * container: those of version 2, or of version 1.
	 */
	private static List<String> limits(Path cgroups) {
		List<String> limits = new ArrayList<>();
		String[] quota = read(cgroups.resolve("cpu.max")).strip().split(" ", -1);
		if (quota.length == 2 && !quota[0].equals("max")) {
			limits.add(processors(quota[0], quota[1]));
		}
		String quotaOfVersion1 = read(cgroups.resolve("cpu/cpu.cfs_quota_us")).strip();
		if (quotaOfVersion1.matches("[0-9]+")) {
			limits.add(processors(quotaOfVersion1, read(cgroups.resolve("cpu/cpu.cfs_period_us")).strip()));
		}
		for (String file : List.of("cpu.stat", "cpu/cpu.stat")) {
			read(cgroups.resolve(file)).lines()
				.filter((line) -> line.matches("nr_throttled [1-9][0-9]*"))
				.forEach(
						(line) -> limits.add("held up by the processor limit: %s times".formatted(line.substring(13))));
		}
		for (String file : List.of("memory.max", "memory/memory.limit_in_bytes")) {
			String bytes = read(cgroups.resolve(file)).strip();
			// Version 1 writes no limit as a number near the largest.
			if (bytes.matches("[0-9]{1,18}")) {
				limits.add("memory: %s MB".formatted(Long.parseLong(bytes) >> 20));
			}
		}
		return limits;
	}

	private static String processors(String quota, String period) {
		long hundredths = period.matches("[1-9][0-9]*") ? Long.parseLong(quota) * 100 / Long.parseLong(period) : 0;
		return "processors: %s.%s%s".formatted(hundredths / 100, hundredths / 10 % 10, hundredths % 10);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			return "";
		}
	}

}
