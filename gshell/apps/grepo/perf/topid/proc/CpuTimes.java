package perf.topid.proc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a processor has spent its time with since the machine started, in clock ticks, see
 * proc_stat(5). Guest time is part of user time, too, as the kernel counts it.
 *
 * @param processor its number
 * @param user in user mode
 * @param nice in user mode, with a priority below the normal one
 * @param system in the kernel
 * @param idle without work
 * @param iowait without work but that which waits for a disk
 * @param irq with interrupts
 * @param softirq with soft interrupts
 * @param steal without being run by the machine around this virtual one
 * @param guest with virtual machines
 * @param guestnice with virtual machines of a priority below the normal one
 */
public record CpuTimes(int processor, long user, long nice, long system, long idle, long iowait, long irq, long softirq,
		long steal, long guest, long guestnice) {

	private static final int PREFIX = "cpu".length();

	/**
	 * Parses {@code /proc/stat}.
	 * @return the processors that are on line, in their order; numbers may be missing
	 */
	public static List<CpuTimes> parse(byte[] bytes, int length) {
		List<CpuTimes> processors = new ArrayList<>();
		int line = 0;
		while (line < length) {
			int end = endOfLine(bytes, line, length);
			if (isProcessor(bytes, line, end)) {
				processors.add(parse(new Fields(bytes, line + PREFIX, end)));
			}
			line = end + 1;
		}
		return processors;
	}

	private static int endOfLine(byte[] bytes, int start, int length) {
		int end = start;
		while (end < length && bytes[end] != '\n') {
			end++;
		}
		return end;
	}

	private static boolean isProcessor(byte[] bytes, int start, int end) {
		return end - start > PREFIX && bytes[start + PREFIX] >= '0' && bytes[start + PREFIX] <= '9'
				&& new String(bytes, start, PREFIX, StandardCharsets.ISO_8859_1).equals("cpu");
	}

	private static CpuTimes parse(Fields fields) {
		return new CpuTimes((int) fields.number(), fields.number(), fields.number(), fields.number(), fields.number(),
				orZero(fields), orZero(fields), orZero(fields), orZero(fields), orZero(fields), orZero(fields));
	}

	/** An old kernel has fewer columns. */
	private static long orZero(Fields fields) {
		return fields.hasNext() ? fields.number() : 0;
	}

}
