package io.adaptive.boot.autoconfigure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.adaptive.message.CallerContext;
import io.adaptive.stream.CallContext;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Propagates thread locals to handlers of the same process: those registered with
 * Micrometer's context propagation, and the MDC. A handler sees only the values of its
 * caller, and values that it sets are removed from the thread afterwards. A thread in a
 * transaction does not run a handler, which would join the transaction.
 */
final class ThreadContext implements CallerContext {

	private static final boolean TRANSACTIONS = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			ThreadContext.class.getClassLoader());

	private final ContextRegistry registry;

	private final ThreadLocalAccessor<?> logging = new Slf4jThreadLocalAccessor();

	// Shared by threads without context, which are most.

	private final Captured nothing = new Values(List.of(), false);

	private final Captured nothingOfATransaction = new Values(List.of(), true);

	private final Runnable afterNothing = this::leaveNothing;

	/**
	 * Creates the propagation.
	 * @param registry the registry of thread locals, which is queried for each message
	 */
	ThreadContext(ContextRegistry registry) {
		this.registry = registry;
	}

	@Override
	public Captured capture() {
		List<Value> values = present();
		boolean inTransaction = TRANSACTIONS && (TransactionSynchronizationManager.isSynchronizationActive()
				|| !TransactionSynchronizationManager.getResourceMap().isEmpty());
		if (values.isEmpty()) {
			return inTransaction ? this.nothingOfATransaction : this.nothing;
		}
		return new Values(values, inTransaction);
	}

	/**
	 * Returns the values of the current thread.
	 */
	private List<Value> present() {
		List<Value> values = add(List.of(), this.logging);
		List<ThreadLocalAccessor<?>> accessors = this.registry.getThreadLocalAccessors();
		for (int i = 0; i < accessors.size(); i++) {
			if (isOther(accessors.get(i))) {
				values = add(values, accessors.get(i));
			}
		}
		return values;
	}

	/**
	 * Returns whether an accessor is propagated here. A handler has its own call context.
	 */
	private boolean isOther(ThreadLocalAccessor<?> accessor) {
		return !accessor.key().equals(this.logging.key()) && !accessor.key().equals(CallContext.KEY);
	}

	@SuppressWarnings("unchecked")
	private static List<Value> add(List<Value> values, ThreadLocalAccessor<?> accessor) {
		Object value = accessor.getValue();
		if (value == null) {
			return values;
		}
		List<Value> changed = values.isEmpty() ? new ArrayList<>() : values;
		changed.add(new Value((ThreadLocalAccessor<Object>) accessor, value));
		return changed;
	}

	private void leaveNothing() {
		leaveOnly(List.of(), null);
	}

	/**
	 * Removes from the current thread the values that it did not have before.
	 * @param before the previous values
	 * @param failure the failure so far, which is thrown at the end
	 */
	private void leaveOnly(List<Value> before, @Nullable Throwable failure) {
		Throwable failed = remove(this.logging, before, failure);
		List<ThreadLocalAccessor<?>> accessors = this.registry.getThreadLocalAccessors();
		for (int i = 0; i < accessors.size(); i++) {
			if (isOther(accessors.get(i))) {
				failed = remove(accessors.get(i), before, failed);
			}
		}
		if (failed instanceof Error error) {
			throw error;
		}
		if (failed != null) {
			throw (RuntimeException) failed;
		}
	}

	private static @Nullable Throwable remove(ThreadLocalAccessor<?> accessor, List<Value> before,
			@Nullable Throwable failure) {
		try {
			if (accessor.getValue() != null && !contains(before, accessor)) {
				accessor.restore();
			}
			return failure;
		}
		catch (Throwable ex) {
			return first(failure, ex);
		}
	}

	private static boolean contains(List<Value> values, ThreadLocalAccessor<?> accessor) {
		for (int i = 0; i < values.size(); i++) {
			if (values.get(i).accessor() == accessor) {
				return true;
			}
		}
		return false;
	}

	private static Throwable first(@Nullable Throwable earlier, Throwable later) {
		return (earlier != null) ? earlier : later;
	}

	private final class Values implements Captured {

		private final List<Value> values;

		private final boolean threadTaken;

		Values(List<Value> values, boolean threadTaken) {
			this.values = values;
			this.threadTaken = threadTaken;
		}

		@Override
		public boolean isThreadTaken() {
			return this.threadTaken;
		}

		@Override
		public Runnable restore() {
			List<Value> before = present();
			if (before.isEmpty() && this.values.isEmpty()) {
				return ThreadContext.this.afterNothing;
			}
			Deque<Runnable> undo = new ArrayDeque<>(before.size() + this.values.size());
			try {
				for (Value hidden : before) {
					if (!contains(this.values, hidden.accessor())) {
						hidden.accessor().setValue();
						undo.push(() -> hidden.accessor().restore(hidden.value()));
					}
				}
				for (Value value : this.values) {
					undo.push(value.set());
				}
			}
			catch (Throwable ex) {
				putBack(undo, before, ex);
			}
			return () -> putBack(undo, before, null);
		}

		private void putBack(Deque<Runnable> undo, List<Value> before, @Nullable Throwable failure) {
			Throwable failed = failure;
			for (Runnable each : undo) {
				try {
					each.run();
				}
				catch (Throwable ex) {
					failed = first(failed, ex);
				}
			}
			leaveOnly(before, failed);
		}

	}

	private record Value(ThreadLocalAccessor<Object> accessor, Object value) {

		/**
		 * Sets the value.
		 * @return sets what was there before
		 */
		Runnable set() {
			Object before = this.accessor.getValue();
			this.accessor.setValue(this.value);
			return (before != null) ? () -> this.accessor.restore(before) : this.accessor::restore;
		}

	}

}
