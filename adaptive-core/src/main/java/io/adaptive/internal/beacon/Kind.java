package io.adaptive.internal.beacon;

import org.jspecify.annotations.Nullable;

/**
 * What a datagram is for.
 */
enum Kind {

	/** Asks who offers what. */
	QUERY(1),

	/** Answers a query. */
	ANSWER(2),

	/** Tells unasked what a node offers. */
	ANNOUNCE(3),

	/** Tells what a node no longer offers. */
	BYE(4);

	private final int number;

	Kind(int number) {
		this.number = number;
	}

	/**
	 * Returns the number on the wire.
	 */
	int number() {
		return this.number;
	}

	static @Nullable Kind of(int number) {
		for (Kind kind : values()) {
			if (kind.number == number) {
				return kind;
			}
		}
		return null;
	}

}
