package io.adaptive.spring.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A limit on the number of values of a tag: the first 200 are kept, further ones are
 * replaced. Thread-safe.
 */
public final class BoundedNames {

	/** The value that replaces further ones. */
	public static final String OTHER = "other";

	static final int LIMIT = 200;

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	private final AtomicInteger room = new AtomicInteger(LIMIT);

	/**
	 * Returns the tag value of a name.
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
