package io.adaptive.message;

/**
 * How urgent the messages of a type are. Workers take higher ones first. A lower priority
 * that waits has a share: while all three wait, any 17 messages taken are 14 HIGH, 2
 * NORMAL and 1 LOW; of two that wait, NORMAL beside HIGH is 1 of 8, and LOW beside either
 * 1 of 16.
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
