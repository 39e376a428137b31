package io.adaptive.benchmark.contestant;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contents of messages: for each size always the same array, which nobody may change,
 * so that making contents costs nothing while something is measured.
 */
public final class Bodies {

	private static final int FACTOR = 31;

	private static final Map<Integer, byte[]> BODIES = new ConcurrentHashMap<>();

	private Bodies() {
	}

	/**
	 * Returns the contents of a size.
	 * @param size how many bytes
	 * @return the shared array
	 */
	public static byte[] of(int size) {
		byte[] body = BODIES.get(size);
		return (body != null) ? body : BODIES.computeIfAbsent(size, Bodies::make);
	}

	private static byte[] make(int size) {
		byte[] body = new byte[size];
		for (int i = 0; i < size; i++) {
			body[i] = (byte) (size + i * FACTOR);
		}
		return body;
	}

}
