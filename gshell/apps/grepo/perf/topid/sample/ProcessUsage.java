package perf.topid.sample;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a process has used between two readings of it.
 *
 * @param pid the process id, which another process may have got after its end
 * @param start when it started, in clock ticks since the machine did; with the id it is
 * the process's for good
 * @param parent the id of its parent, zero for none
 * @param name its name; one that replaces its program has another one afterwards
 * @param commandLine its program with the arguments, empty if it was not asked for, or
 * there is none
 * @param kernel whether it is a thread of the kernel
 * @param priority as {@code ps} shows it
 * @param user processor time in user mode, in percent of one processor
 * @param system processor time in the kernel, in percent of one processor
 * @param memory its resident or proportional memory in kilobytes, empty if it may not be
 * read
 * @param threads those of a process with more than one, if they were asked for
 */
public record ProcessUsage(int pid, long start, int parent, String name, String commandLine, boolean kernel,
		int priority, double user, double system, OptionalLong memory, List<ThreadUsage> threads) {

	/**
	 * Makes a usage with a list of its own.
	 */
	public ProcessUsage {
		threads = List.copyOf(threads);
	}

	/**
	 * Returns the processor time, in percent of one processor.
	 */
	public double cpu() {
		return this.user + this.system;
	}

}
