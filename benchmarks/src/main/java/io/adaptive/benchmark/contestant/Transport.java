package io.adaptive.benchmark.contestant;

import java.util.Locale;

/**
 * What carries the calls.
 */
public enum Transport {

	/** Nothing: caller and handler share a process. */
	PROCESS,

	/** A unix socket. */
	OS,

	/** TCP over the loopback interface. */
	TCP;

	/**
	 * Reads the name as it is written on the command line.
	 * @param name the name, in small letters
	 * @return the transport
	 * @throws IllegalArgumentException if there is none of this name
	 */
	public static Transport of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
