package io.adaptive.gshell.log;

/**
 * Limits of a log.
 *
 * @param fileBytes size at which a file is full
 * @param files number of files, the one that is written included
 */
public record LogLimits(long fileBytes, int files) {

	/** Five files of 10 MB. */
	public static final LogLimits DEFAULT = new LogLimits(10L << 20, 5);

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if one is not positive
	 */
	public LogLimits {
		if (fileBytes < 1 || files < 1) {
			throw new IllegalArgumentException("A log has at least one file of one byte");
		}
	}

}
