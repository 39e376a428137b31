package io.adaptive.spring.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the values of a tag few, whatever programs make up: the first 200 are told apart.
 * For any number of threads.
 */
public final class BoundedNames {

	/** What stands for all the others. */
	public static final String OTHER = "other";

	static final int LIMIT = 200;

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	private final AtomicInteger room = new AtomicInteger(LIMIT);

	/**
	 * Returns what to tell.
	 * @param name the name
	 * @return the name, or {@link #OTHER}
	 */
	public String of(String name) {
		if (this.names.contains(name)) {
			return name;
		}
		if (this.room.get() <= 0) {
			return OTHER;
		}
		if (this.names.add(name) && this.room.getAndDecrement() <= 0) {
			this.names.remove(name);
			return OTHER;
		}
		return name;
	}

}
