package io.adaptive.topidchart.series;

/**
 * A process at a moment.
 *
 * @param number the number of the sample
 * @param millis when it was taken, in milliseconds since 1970
 * @param user processor time in user mode, in hundredths of a percent of one processor
 * @param system processor time in the kernel, in hundredths of a percent of one processor
 * @param memory memory in kilobytes, below zero if it is not known
 */
public record Point(long number, long millis, long user, long system, long memory) {

	/**
	 * Returns the processor time, in hundredths of a percent of one processor.
	 */
	public long cpu() {
		return this.user + this.system;
	}

}
