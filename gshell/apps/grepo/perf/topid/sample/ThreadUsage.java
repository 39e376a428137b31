package perf.topid.sample;

/**
 * What a thread has used between two readings of it.
 *
 * @param tid the thread id
 * @param start when it started, in clock ticks since the machine did
 * @param name its name
 * @param priority as {@code ps} shows it
 * @param user processor time in user mode, in percent of one processor
 * @param system processor time in the kernel, in percent of one processor
 */
public record ThreadUsage(int tid, long start, String name, int priority, double user, double system) {

	/**
	 * Returns the processor time, in percent of one processor.
	 */
	public double cpu() {
		return this.user + this.system;
	}

}
