package io.adaptive.internal.wire;

/**
 * A value is of a class that Fory has no encoding for, or none that a receiver can read.
 */
final class ForyUnknownClassException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Class<?> type;

	ForyUnknownClassException(Class<?> type, Throwable cause) {
		super(cause);
		this.type = type;
	}

	Class<?> type() {
		return this.type;
	}

}
