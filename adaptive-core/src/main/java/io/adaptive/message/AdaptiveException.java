package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * The root of this framework's exceptions. A handler throws one to choose the code that
 * its caller sees.
 */
public class AdaptiveException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ErrorCode code;

	private final Delivery delivery;

	private transient @Nullable TraceTag traceTag;

	/**
	 * Makes an exception that says nothing of a call's fate.
	 * @param code the kind of error
	 * @param message what happened
	 */
	public AdaptiveException(ErrorCode code, String message) {
		this(code, Delivery.UNKNOWN, message, null);
	}

	/**
	 * Makes an exception.
	 * @param code the kind of error
	 * @param delivery what is known of the call that failed
	 * @param message what happened
	 * @param cause why, if another exception tells
	 */
	public AdaptiveException(ErrorCode code, Delivery delivery, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
		this.delivery = delivery;
	}

	/**
	 * Makes sure that an exception can be turned into text, as a
	 * {@link java.util.concurrent.CompletableFuture} does with one that it passes on.
	 * @param error an exception, as a rule of user code
	 * @return the exception, or another one with its class name and trace if its text
	 * fails
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
	 * Returns the kind of error.
	 * @return the code
	 */
	public ErrorCode code() {
		return this.code;
	}

	/**
	 * Tells whether the failed call may have been processed.
	 * @return what is known
	 */
	public Delivery delivery() {
		return this.delivery;
	}

	/**
	 * Returns which traced message it was that failed.
	 * @return what the message carried, {@code null} if it was not traced
	 */
	public @Nullable TraceTag traceTag() {
		return this.traceTag;
	}

	/**
	 * Notes which traced message it was that failed; for the stream that sent it.
	 * @param traceTag what the message carried
	 */
	public void traceTag(TraceTag traceTag) {
		this.traceTag = traceTag;
	}

}
