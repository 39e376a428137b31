package io.adaptive.topidchart.series;

/**
 * Several values in one: how many, their sum, the least and the greatest.
 *
 * @param count how many, zero for none
 * @param sum their sum
 * @param least the least of them
 * @param greatest the greatest of them
 */
public record Range(long count, long sum, long least, long greatest) {

	/** No value. */
	public static final Range NONE = new Range(0, 0, 0, 0);

	/**
	 * Makes a range of one value.
	 */
	public static Range of(long value) {
		return new Range(1, value, value, value);
	}

	/**
	 * Returns this and another one in one.
	 */
	public Range and(Range other) {
		if (this.count == 0 || other.count == 0) {
			return (this.count == 0) ? other : this;
		}
		return new Range(this.count + other.count, this.sum + other.sum, Math.min(this.least, other.least),
				Math.max(this.greatest, other.greatest));
	}

	/**
	 * Returns the mean, zero for no value.
	 */
	public double mean() {
		return (this.count == 0) ? 0 : (double) this.sum / this.count;
	}

}
