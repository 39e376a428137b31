package perf.topid.proc;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * The folder {@code /proc}, or a copy of one. Each file is read at once, into one buffer;
 * for one thread.
 */
public final class ProcFolder {

	private static final String PSS = "Pss:";

	private final String root;

	private byte[] buffer = new byte[16 * 1024];

	/**
	 * Makes a reader.
	 * @param root the folder
	 */
	public ProcFolder(String root) {
		this.root = root;
	}

	/**
	 * Returns the ids of the processes, in ascending order. Each may have ended when it
	 * is looked at.
	 * @throws IOException if the folder cannot be listed
	 */
	public int[] processes() throws IOException {
		return numbers(this.root);
	}

	/**
	 * Returns the ids of the threads of a process, in ascending order.
	 * @throws IOException if the process has ended or may not be looked at
	 */
	public int[] threads(int process) throws IOException {
		return numbers(this.root + "/" + process + "/task");
	}

	private static int[] numbers(String folder) throws IOException {
		String[] names = new File(folder).list();
		if (names == null) {
			throw new IOException(folder + " cannot be listed");
		}
		int[] numbers = new int[names.length];
		int count = 0;
		for (String name : names) {
			if (name.charAt(0) >= '1' && name.charAt(0) <= '9' && name.length() < 10) {
				numbers[count++] = Integer.parseInt(name);
			}
		}
		Arrays.sort(numbers, 0, count);
		return Arrays.copyOf(numbers, count);
	}

	/**
	 * Reads what the kernel counts for a process.
	 * @throws IOException if it has ended or may not be looked at
	 */
	public ProcessStat process(int process) throws IOException {
		return stat(this.root + "/" + process + "/stat");
	}

	/**
	 * Reads what the kernel counts for a thread.
	 * @throws IOException if it has ended or may not be looked at
	 */
	public ProcessStat thread(int process, int thread) throws IOException {
		return stat(this.root + "/" + process + "/task/" + thread + "/stat");
	}

	private ProcessStat stat(String file) throws IOException {
		int length = read(file);
		try {
			return ProcessStat.parse(this.buffer, length);
		}
		catch (IllegalArgumentException ex) {
			throw new IOException(file + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * Reads the resident memory of a process, in pages. The number in {@code stat} lags
	 * behind.
	 * @throws IOException if it has ended or may not be looked at
	 */
	public long residentPages(int process) throws IOException {
		String file = this.root + "/" + process + "/statm";
		int length = read(file);
		try {
			Fields fields = new Fields(this.buffer, 0, length);
			fields.skip(1);
			return fields.number();
		}
		catch (IllegalArgumentException ex) {
			throw new IOException(file + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * Reads the command line of a process, the arguments separated by blanks.
	 * @return the command line, empty for one without, as a thread of the kernel
	 * @throws IOException if it has ended or may not be looked at
	 */
	public String commandLine(int process) throws IOException {
		int length = read(this.root + "/" + process + "/cmdline");
		while (length > 0 && this.buffer[length - 1] == 0) {
			length--;
		}
		return new String(this.buffer, 0, length, StandardCharsets.UTF_8).replace('\0', ' ');
	}

	/**
	 * Reads the memory of a process in which each shared page counts by its share, in
	 * kilobytes.
	 * @return the memory, empty if it may not be read
	 */
	public OptionalLong proportionalMemory(int process) {
		OptionalLong sum = sumOfPss(this.root + "/" + process + "/smaps_rollup");
		// Kernels before 4.14 tell the parts only.
		return sum.isPresent() ? sum : sumOfPss(this.root + "/" + process + "/smaps");
	}

	private OptionalLong sumOfPss(String file) {
		try {
			int length = read(file);
			return new String(this.buffer, 0, length, StandardCharsets.ISO_8859_1).lines()
				.filter((line) -> line.startsWith(PSS))
				.mapToLong((line) -> Long.parseLong(line.substring(PSS.length()).replace("kB", "").strip()))
				.reduce(Long::sum);
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
	}

	/**
	 * Reads what the processors have spent their time with.
	 * @throws IOException if it cannot be read
	 */
	public List<CpuTimes> cpuTimes() throws IOException {
		int length = read(this.root + "/stat");
		return CpuTimes.parse(this.buffer, length);
	}

	/**
	 * Reads how the memory of the machine is used.
	 * @throws IOException if it cannot be read
	 */
	public MemoryUse memoryUse() throws IOException {
		int length = read(this.root + "/meminfo");
		return MemoryUse.parse(this.buffer, length);
	}

	private int read(String file) throws IOException {
		try (FileInputStream input = new FileInputStream(file)) {
			int length = 0;
			int count = input.read(this.buffer);
			while (count >= 0) {
				length += count;
				if (length == this.buffer.length) {
					this.buffer = Arrays.copyOf(this.buffer, 2 * length);
				}
				count = input.read(this.buffer, length, this.buffer.length - length);
			}
			return length;
		}
	}

}
