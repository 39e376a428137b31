package io.adaptive.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.CallerContext;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Takes the thread locals that are registered with Micrometer's context propagation, and
 * those of logging, to handlers of the same process. A thread in a transaction is not
 * lent to a handler, which would be part of it.
 */
final class ThreadContext implements CallerContext {

	private static final boolean TRANSACTIONS = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			ThreadContext.class.getClassLoader());

	private final ContextRegistry registry;

	private final ThreadLocalAccessor<?> logging = new Slf4jThreadLocalAccessor();

	/**
	 * Prepares to take thread locals.
	 * @param registry which there are, asked for each message
	 */
	ThreadContext(ContextRegistry registry) {
		this.registry = registry;
	}

	@Override
	public @Nullable Captured capture() {
		List<Value> values = add(null, this.logging);
		List<ThreadLocalAccessor<?>> accessors = this.registry.getThreadLocalAccessors();
		for (int i = 0; i < accessors.size(); i++) {
			if (!accessors.get(i).key().equals(this.logging.key())) {
				values = add(values, accessors.get(i));
			}
		}
		boolean inTransaction = TRANSACTIONS && (TransactionSynchronizationManager.isSynchronizationActive()
				|| !TransactionSynchronizationManager.getResourceMap().isEmpty());
		if (values == null) {
			return inTransaction ? Values.OF_A_TRANSACTION : null;
		}
		return new Values(values, inTransaction);
	}

	@SuppressWarnings("unchecked")
	private static @Nullable List<Value> add(@Nullable List<Value> values, ThreadLocalAccessor<?> accessor) {
		Object value = accessor.getValue();
		if (value == null) {
			return values;
		}
		List<Value> changed = (values != null) ? values : new ArrayList<>();
		changed.add(new Value((ThreadLocalAccessor<Object>) accessor, value));
		return changed;
	}

	private record Values(List<Value> values, boolean isThreadTaken) implements Captured {

		private static final Values OF_A_TRANSACTION = new Values(List.of(), true);

		@Override
		public Runnable restore() {
			List<Runnable> before = new ArrayList<>(this.values.size());
			this.values.forEach((value) -> before.add(0, value.restore()));
			return () -> before.forEach(Runnable::run);
		}

	}

	private record Value(ThreadLocalAccessor<Object> accessor, Object value) {

		Runnable restore() {
			Object before = this.accessor.getValue();
			this.accessor.setValue(this.value);
			return () -> {
				if (before != null) {
					this.accessor.restore(before);
				}
				else {
					this.accessor.restore();
				}
			};
		}

	}

}
