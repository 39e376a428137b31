package io.adaptive.internal.beacon;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Map with a limited number of entries: when it is full, a new entry evicts the least
 * recently used one.
 *
 * @param <K> the keys
 * @param <V> the values
 */
final class Bounded<K, V> extends LinkedHashMap<K, V> {

	private static final long serialVersionUID = 1L;

	private final int most;

	Bounded(int most) {
		super(16, 0.75f, true);
		this.most = most;
	}

	@Override
	protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
		return size() > this.most;
	}

}
