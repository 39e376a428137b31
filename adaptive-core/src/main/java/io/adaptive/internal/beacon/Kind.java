package io.adaptive.internal.beacon;

import org.jspecify.annotations.Nullable;

/**
 * Kind of a datagram.
 */
enum Kind {

	/** Query for services. */
	QUERY(1),

	/** Answer to a query. */
	ANSWER(2),

	/** Unsolicited report of the services that a node offers. */
	ANNOUNCE(3),

	/** Report of the services that a node no longer offers. */
	BYE(4);

	private final int number;

	Kind(int number) {
		this.number = number;
	}

	/**
	 * Returns the number of the kind in the protocol.
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
