package io.adaptive.message;

/**
 * How urgent the messages of a type are. Workers take higher ones first, but never let a
 * lower one wait for ever.
 */
public enum Priority {

	/** Before anything else that waits. */
	HIGH(0),

	/** What a message is unless its type says otherwise. */
	NORMAL(1),

	/** When nothing more urgent waits. */
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
