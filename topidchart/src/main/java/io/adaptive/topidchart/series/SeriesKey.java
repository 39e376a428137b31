package io.adaptive.topidchart.series;

/**
 * What tells a series of a session from the others: for a process its id and start, which
 * no later process has again; for a series of the machine its name.
 *
 * @param pid the id of the process or thread, zero for a series of the machine
 * @param start when it started, in clock ticks since the machine did
 * @param label empty for a process or thread, {@link #MAIN_THREAD} for the thread that
 * shares both numbers with its process, else the name of a series of the machine
 */
public record SeriesKey(int pid, long start, String label) {

	/** The label of the first thread of a process. */
	public static final String MAIN_THREAD = "main thread";

	/** All processes of a session together. */
	public static final SeriesKey TOTAL = machine("total");

	/**
	 * Makes the key of a process or thread.
	 */
	public static SeriesKey process(int pid, long start) {
		return new SeriesKey(pid, start, "");
	}

	/**
	 * Makes the key of a series of the machine.
	 */
	public static SeriesKey machine(String name) {
		return new SeriesKey(0, 0, name);
	}

	/**
	 * Returns whether this is a series of the machine.
	 */
	public boolean isMachine() {
		return this.pid == 0;
	}

}
