package io.adaptive.topidchart.series;

/**
 * A series over its whole session.
 *
 * @param firstMillis its first sample, in milliseconds since 1970
 * @param lastMillis its last one
 * @param cpu processor time, in hundredths of a percent of one processor
 * @param memory memory in kilobytes
 */
public record SeriesStats(long firstMillis, long lastMillis, Range cpu, Range memory) {

	/**
	 * Makes the statistics of a series that begins.
	 */
	public static SeriesStats begin(long millis) {
		return new SeriesStats(millis, millis, Range.NONE, Range.NONE);
	}

	/**
	 * Returns these and a reading.
	 */
	public SeriesStats and(long millis, Reading reading) {
		return new SeriesStats(this.firstMillis, millis,
				this.cpu.and(Range.of((long) reading.user() + reading.system())),
				(reading.memory() < 0) ? this.memory : this.memory.and(Range.of(reading.memory())));
	}

}
