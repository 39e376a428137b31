package io.adaptive.stress.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel counts for a process.
 */
final class ProcessMemory {

	private ProcessMemory() {
	}

	/**
	 * Returns the most physical memory that a process ever had.
	 * @param pid the process
	 * @return the peak in bytes
	 */
	static long peak(long pid) {
		String label = "VmHWM:";
		try {
			List<String> status = Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"));
			String line = status.stream().filter((text) -> text.startsWith(label)).findFirst().orElseThrow();
			return Long.parseLong(line.substring(label.length()).replace("kB", "").strip()) * 1024;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
