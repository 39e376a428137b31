package io.adaptive.internal.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The instances of a pool that no thread uses at the moment. Threads begin to look at
 * different places, so that they seldom meet.
 */
final class IdleInstances {

	/** Instances of a pool; a power of two. */
	static final int MAX = Math.max(4, 2 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors()));

	private final AtomicReferenceArray<@Nullable ForyInstance> places = new AtomicReferenceArray<>(MAX);

	boolean has(Predicate<ForyInstance> wanted) {
		for (int i = 0; i < MAX; i++) {
			ForyInstance instance = this.places.get(i);
			if (instance != null && wanted.test(instance)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Takes an instance.
	 * @return the instance, {@code null} if there is no such one
	 */
	@Nullable ForyInstance take(Predicate<ForyInstance> wanted) {
		int own = ownPlace();
		for (int i = 0; i < MAX; i++) {
			int place = own ^ i;
			ForyInstance instance = this.places.get(place);
			if (instance != null && wanted.test(instance) && this.places.compareAndSet(place, instance, null)) {
				return instance;
			}
		}
		return null;
	}

	/**
	 * Adds an instance. There are as many places as instances, so one is free.
	 */
	void add(ForyInstance instance) {
		int place = ownPlace();
		while (!this.places.compareAndSet(place, null, instance)) {
			place = (place + 1) & (MAX - 1);
		}
	}

	private static int ownPlace() {
		return (int) Thread.currentThread().getId() & (MAX - 1);
	}

}
