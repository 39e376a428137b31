package io.adaptive.beacon;

import org.jspecify.annotations.Nullable;

/**
 * What a datagram is for.
 */
enum Kind {

	/** Asks who offers what. */
	QUERY,

	/** Answers a query. */
	ANSWER,

	/** Tells unasked what a node offers. */
	ANNOUNCE,

	/** Tells what a node no longer offers. */
	BYE;

	int number() {
		return ordinal() + 1;
	}

	static @Nullable Kind of(int number) {
		return (number >= 1 && number <= values().length) ? values()[number - 1] : null;
	}

}
