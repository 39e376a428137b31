package perf.topid.text;

import java.util.OptionalLong;

/**
 * The columns before a name: id, priority, processor time, memory. Numbers are written
 * without a formatter, for there are hundreds of lines a second.
 *
 * @param detailedCpu user and system time in columns of their own
 * @param megabytes memory in megabytes instead of kilobytes
 */
record Columns(boolean detailedCpu, boolean megabytes) {

	private static final int ID = 5;

	private static final int PRIORITY = 4;

	private static final int CPU = 7;

	private static final int MEMORY = 8;

	String heading() {
		return this.detailedCpu ? "  PID PRIO    uCPU    sCPU      MEM COMM" : "  PID PRIO     CPU      MEM COMM";
	}

	void append(StringBuilder to, String id, int priority, double user, double system, OptionalLong memory) {
		right(to, id, ID);
		to.append(' ');
		right(to, String.valueOf(priority), PRIORITY);
		to.append(' ');
		if (this.detailedCpu) {
			right(to, decimal(user), CPU);
			to.append(' ');
			right(to, decimal(system), CPU);
		}
		else {
			right(to, decimal(user + system), CPU);
		}
		to.append(' ');
		right(to, memory.isPresent() ? String.valueOf(this.megabytes ? memory.getAsLong() / 1024 : memory.getAsLong())
				: "-", MEMORY);
	}

	/**
	 * Writes a number with two digits behind the point, rounded to the nearest.
	 */
	static String decimal(double number) {
		long hundredths = Math.round(number * 100);
		long rest = hundredths % 100;
		return hundredths / 100 + ((rest < 10) ? ".0" : ".") + rest;
	}

	private static void right(StringBuilder to, String text, int width) {
		to.append(" ".repeat(Math.max(0, width - text.length()))).append(text);
	}

}
