package io.adaptive.internal.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * The worker pools whose handlers, hooks or listeners the current thread runs: the
 * thread's own pool, if it is a worker, and the pools of the handlers it has called
 * itself. Closing such a pool on that thread must not wait for the thread.
 */
final class CallbackThread {

	/**
	 * An array instead of a class of this framework: thread locals stay with application
	 * threads and must not keep a class loader alive.
	 */
	private static final ThreadLocal<@Nullable Object[]> CURRENT = ThreadLocal.withInitial(() -> new Object[1]);

	private CallbackThread() {
	}

	/**
	 * Marks the start of a callback of a pool on the current thread.
	 * @return the previous state of the thread, for {@link #leave}
	 */
	static @Nullable Object enter(Entry entry) {
		@Nullable Object[] cell = CURRENT.get();
		Object before = cell[0];
		if (before == null) {
			cell[0] = entry;
		}
		else if (before instanceof Entry outer && outer.pool != entry.pool) {
			cell[0] = new Entry(entry.pool, outer);
		}
		return before;
	}

	@SuppressWarnings("NullAway") // the type argument of CURRENT says that the cell may
									// be empty
	static void leave(@Nullable Object before) {
		CURRENT.get()[0] = before;
	}

	/**
	 * Returns whether the current thread runs a callback of a pool, directly or nested.
	 */
	static boolean isOf(Object pool) {
		Entry entry = (Entry) CURRENT.get()[0];
		while (entry != null && entry.pool != pool) {
			entry = entry.outer;
		}
		return entry != null;
	}

	/**
	 * One pool that the thread works for.
	 *
	 * @param pool the pool
	 * @param outer the entry of the enclosing callback, {@code null} if there is none
	 */
	record Entry(Object pool, @Nullable Entry outer) {
	}

}
