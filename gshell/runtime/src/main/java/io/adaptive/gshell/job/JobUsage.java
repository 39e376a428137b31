package io.adaptive.gshell.job;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

/**
 * Processor time and memory that the living threads of a job have used.
 *
 * @param threads number of its threads
 * @param cpu processor time of its platform threads
 * @param allocatedBytes bytes allocated by its platform threads; -1 if the JVM does not
 * count them
 */
public record JobUsage(int threads, Duration cpu, long allocatedBytes) {

	static JobUsage of(List<Thread> threads) {
		ThreadMXBean threadBean = ManagementFactory.getThreadMXBean();
		long cpu = 0;
		long allocated = 0;
		boolean counted = threadBean instanceof com.sun.management.ThreadMXBean;
		for (Thread thread : threads) {
			if (threadBean.isThreadCpuTimeSupported()) {
				// -1 for one that has ended meanwhile, and for virtual threads.
				cpu += Math.max(0, threadBean.getThreadCpuTime(thread.getId()));
			}
			if (threadBean instanceof com.sun.management.ThreadMXBean counting) {
				allocated += Math.max(0, counting.getThreadAllocatedBytes(thread.getId()));
			}
		}
		return new JobUsage(threads.size(), Duration.ofNanos(cpu), counted ? allocated : -1);
	}

}
