package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * The root of the framework's exception hierarchy. A handler throws an exception of this
 * type to choose the error code that its caller receives.
 */
public class AdaptiveException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ErrorCode code;

	private final Delivery delivery;

	private transient @Nullable TraceTag traceTag;

	/**
	 * Creates an exception with delivery {@link Delivery#UNKNOWN} and no cause.
	 * @param code the error code
	 * @param message the detail message
	 */
	public AdaptiveException(ErrorCode code, String message) {
		this(code, Delivery.UNKNOWN, message, null);
	}

	/**
	 * Creates an exception.
	 * @param code the error code
	 * @param delivery the delivery state of the failed call
	 * @param message the detail message
	 * @param cause the cause, {@code null} if there is none
	 */
	public AdaptiveException(ErrorCode code, Delivery delivery, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
		this.delivery = delivery;
	}

	/**
	 * Returns an exception whose {@code toString()} does not fail. A
	 * {@link java.util.concurrent.CompletableFuture} calls {@code toString()} on the
	 * exceptions that it propagates.
	 * @param error an exception, usually from user code
	 * @return the same exception, or a replacement with its class name and stack trace if
	 * its {@code toString()} throws
	 */
	public static Throwable readable(Throwable error) {
		try {
			String unused = error.toString();
			return error;
		}
		catch (Throwable ex) {
			AdaptiveException readable = new AdaptiveException(ErrorCode.UNKNOWN,
					"%s, whose text cannot be read".formatted(error.getClass().getName()));
			readable.setStackTrace(error.getStackTrace());
			return readable;
		}
	}

	/**
	 * Returns the error code.
	 * @return the error code
	 */
	public ErrorCode code() {
		return this.code;
	}

	/**
	 * Returns the delivery state of the failed call: whether a handler may have processed
	 * it.
	 * @return the delivery state
	 */
	public Delivery delivery() {
		return this.delivery;
	}

	/**
	 * Returns the trace tag of the message that failed.
	 * @return the trace tag, {@code null} if the message was not traced
	 */
	public @Nullable TraceTag traceTag() {
		return this.traceTag;
	}

	/**
	 * Sets the trace tag of the message that failed. Called by the stream that sent the
	 * message.
	 * @param traceTag the trace tag of the message
	 */
	public void traceTag(TraceTag traceTag) {
		this.traceTag = traceTag;
	}

}
