package io.adaptive.benchmark.load;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What a process has spent so far.
 *
 * @param cpuNanos time of all its threads on a processor
 * @param allocated bytes allocated by the threads that are alive; virtual threads count
 * with their carriers
 */
public record Usage(long cpuNanos, long allocated) {

	/**
	 * Reads the numbers of this process.
	 * @return the usage
	 */
	public static Usage now() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
		long allocated = 0;
		for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
			allocated += Math.max(0, bytes);
		}
		return new Usage(system.getProcessCpuTime(), allocated);
	}

	/**
	 * Tells what was spent meanwhile.
	 * @param earlier an earlier reading
	 * @return the difference
	 */
	public Usage since(Usage earlier) {
		return new Usage(this.cpuNanos - earlier.cpuNanos, this.allocated - earlier.allocated);
	}

	/**
	 * Reads what {@link #toString} wrote.
	 * @param words the words
	 * @return the usage
	 */
	public static Usage of(List<String> words) {
		KeyValues values = KeyValues.of(words);
		return new Usage(values.number("cpu"), values.number("allocated"));
	}

	@Override
	public String toString() {
		return "cpu=%d allocated=%d".formatted(this.cpuNanos, this.allocated);
	}

}
