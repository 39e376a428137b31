package io.adaptive.topidchart.store;

/**
 * How far a session has come.
 *
 * @param clockOffset what is added to the times of the collector, in milliseconds
 * @param lastNumber the number of the last sample, zero for none
 * @param lastMillis when it was taken, in milliseconds since 1970
 * @param dropped how many samples the collector has dropped
 */
public record Progress(long clockOffset, long lastNumber, long lastMillis, long dropped) {

	/**
	 * Returns the progress of a session without samples.
	 */
	public static Progress none() {
		return new Progress(0, 0, 0, 0);
	}

}
