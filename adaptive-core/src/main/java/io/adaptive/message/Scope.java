package io.adaptive.message;

import java.util.Arrays;
import java.util.Optional;

/**
 * The visibility of a service. A client searches the scopes in the order of their
 * declaration, nearest first.
 */
public enum Scope {

	/** Visible within one {@code ProcessSpace}, by default the whole JVM. */
	PROCESS(0),

	/** Visible within one operating system, to programs of the same user. */
	OS(1),

	/** Visible within one local network. */
	LAN(2),

	/** Visible wherever the root registry can be reached. */
	WAN(3);

	private final int number;

	Scope(int number) {
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
	 * Returns the scope of a number.
	 * @param number the number on the wire
	 * @return the scope, empty for a number from a newer peer
	 */
	public static Optional<Scope> of(long number) {
		return Arrays.stream(values()).filter((scope) -> scope.number == number).findFirst();
	}

}
