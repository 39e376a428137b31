package io.adaptive.internal.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * The worker pools for which the current thread runs a handler, a hook or a listener: its
 * own, if it is a worker, and those whose handlers it has called itself. What closes such
 * a pool on that thread must not wait for the thread.
 */
final class CallbackThread {

	/**
	 * An array instead of a class of this framework: it stays with threads of the user,
	 * and must not keep a class loader alive.
	 */
	private static final ThreadLocal<@Nullable Object[]> CURRENT = ThreadLocal.withInitial(() -> new Object[1]);

	private CallbackThread() {
	}

	/**
	 * Begins to run a callback of a pool.
	 * @return what the thread did before, for {@link #leave}
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
	 * Tells whether the current thread runs a callback of a pool, directly or further
	 * out.
	 */
	static boolean isOf(WorkerPool pool) {
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
	 * @param outer what the thread was at before
	 */
	record Entry(WorkerPool pool, @Nullable Entry outer) {
	}

}
