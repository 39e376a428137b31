package perf.topid.proc;

import java.nio.charset.StandardCharsets;

/**
 * The line of a process or thread in {@code /proc/PID/stat}, see proc_pid_stat(5).
 *
 * @param id the process or thread id
 * @param name the name, as the kernel cuts it; may hold any characters
 * @param state the letter of its state, {@code Z} for one that ended and was not waited
 * for
 * @param parent the id of the parent process, zero for none
 * @param kernel whether it is a thread of the kernel
 * @param userTicks processor time in user mode, in clock ticks
 * @param systemTicks processor time in the kernel, in clock ticks
 * @param priority as {@code ps} shows it: negative for real time, 20 for nice 0
 * @param threads the number of its threads
 * @param startTicks when it started, in clock ticks since the machine did
 */
public record ProcessStat(int id, String name, char state, int parent, boolean kernel, long userTicks, long systemTicks,
		int priority, int threads, long startTicks) {

	private static final long KERNEL_THREAD = 0x00200000;

	/**
	 * Parses the line.
	 * @param bytes begin with the line
	 * @param length how many of them count
	 * @throws IllegalArgumentException if it is no such line
	 */
	public static ProcessStat parse(byte[] bytes, int length) {
		int open = indexOf(bytes, length, '(');
		int close = lastIndexOf(bytes, length, ')');
		if (open < 1 || close < open) {
			throw new IllegalArgumentException("no line of a process");
		}
		int id = (int) new Fields(bytes, 0, open).number();
		Fields fields = new Fields(bytes, close + 1, length);
		char state = fields.letter();
		int parent = (int) fields.number();
		fields.skip(4);
		boolean kernel = (fields.number() & KERNEL_THREAD) != 0;
		fields.skip(4);
		long userTicks = fields.number();
		long systemTicks = fields.number();
		fields.skip(2);
		int priority = (int) fields.number();
		fields.skip(1);
		int threads = (int) fields.number();
		fields.skip(1);
		String name = new String(bytes, open + 1, close - open - 1, StandardCharsets.UTF_8);
		return new ProcessStat(id, name, state, parent, kernel, userTicks, systemTicks, priority, threads,
				fields.number());
	}

	private static int indexOf(byte[] bytes, int length, char wanted) {
		for (int i = 0; i < length; i++) {
			if (bytes[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

	/** A name may hold brackets; the last one is not part of it. */
	private static int lastIndexOf(byte[] bytes, int length, char wanted) {
		for (int i = length - 1; i >= 0; i--) {
			if (bytes[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

}
