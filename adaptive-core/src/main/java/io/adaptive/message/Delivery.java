package io.adaptive.message;

/**
 * The delivery state of a failed call: whether a handler may have processed it.
 */
public enum Delivery {

	/** The call was not sent by this program; sending it to another instance is safe. */
	NOT_SENT(0),

	/**
	 * The peer reported that no handler received the call; sending it to another instance
	 * is safe.
	 */
	NOT_PROCESSED(1),

	/** A handler may have run; sending the call again may repeat its effects. */
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
