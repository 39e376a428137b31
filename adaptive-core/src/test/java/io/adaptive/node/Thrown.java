package io.adaptive.node;

import java.util.function.Supplier;

/**
 * What user code may throw.
 */
enum Thrown {

	NO_CLASS(() -> new NoClassDefFoundError("expected/by/the/Test")), ASSERTION(AssertionError::new),
	STACK_OVERFLOW(StackOverflowError::new), RUNTIME(() -> new IllegalStateException((String) null)),
	MESSAGE_FAILS(MessageFails::new), TEXT_FAILS(TextFails::new), CYCLE(Cycle::new),
	LONG_TEXT(() -> new IllegalStateException("x".repeat(10_000_000)));

	private final Supplier<Throwable> supplier;

	Thrown(Supplier<Throwable> supplier) {
		this.supplier = supplier;
	}

	Throwable get() {
		return this.supplier.get();
	}

	/**
	 * Throws, so that a call of this can stand behind {@code throw}.
	 */
	RuntimeException unchecked() {
		Throwable thrown = get();
		if (thrown instanceof Error error) {
			throw error;
		}
		return (RuntimeException) thrown;
	}

	private static final class MessageFails extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("getMessage fails, as expected by the test");
		}

	}

	private static final class TextFails extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String toString() {
			throw new AssertionError("toString fails, as expected by the test");
		}

	}

	private static final class Cycle extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final RuntimeException other = new RuntimeException("other", this);

		@Override
		public synchronized Throwable getCause() {
			return this.other;
		}

	}

}
