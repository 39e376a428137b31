package io.adaptive.message;

/**
 * What is known of a failed call.
 */
public enum Delivery {

	/** It never left this program; it may be sent elsewhere. */
	NOT_SENT(0),

	/** The peer says that no handler saw it; it may be sent elsewhere. */
	NOT_PROCESSED(1),

	/** A handler may have run; sending again may do the work twice. */
	UNKNOWN(2);

	private final int number;

	Delivery(int number) {
		this.number = number;
	}

	/**
	 * Returns the number used on the wire.
	 * @return the number
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Returns the value of a number.
	 * @param number the number on the wire
	 * @return the value, {@link #UNKNOWN} for a number from a newer peer
	 */
	public static Delivery of(int number) {
		Delivery[] values = values();
		return (number >= 0 && number < values.length) ? values[number] : UNKNOWN;
	}

}
