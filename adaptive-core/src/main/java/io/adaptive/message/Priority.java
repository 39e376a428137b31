package io.adaptive.message;

/**
 * The priority of a message. Workers take messages of a higher priority first, and each
 * lower priority has a guaranteed share. While all three priorities have waiting
 * messages, any 17 messages taken are 14 HIGH, 2 NORMAL and 1 LOW. While two have, NORMAL
 * gets 1 of 8 beside HIGH, and LOW gets 1 of 16 beside either.
 */
public enum Priority {

	/** Taken before NORMAL and LOW. */
	HIGH(0),

	/** The default. */
	NORMAL(1),

	/** Taken after HIGH and NORMAL. */
	LOW(2);

	private final int number;

	Priority(int number) {
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
	 * Returns the priority of a number.
	 * @param number the number on the wire
	 * @return the priority, {@link #NORMAL} for a number from a newer peer
	 */
	public static Priority of(long number) {
		Priority[] values = values();
		return (number >= 0 && number < values.length) ? values[(int) number] : NORMAL;
	}

}
