package io.adaptive.message;

import java.time.Duration;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/**
 * The form in which an error is sent to the peer. It holds data only: no class is loaded
 * for it, and it contains no stack trace.
 *
 * @param code the error code
 * @param message the description of the error
 * @param type the class name of the exception that the error was created from, or an
 * empty string
 * @param origin the service instance that raised the error first, such as
 * {@code example/hello@02:42:ac:11:00:02#1f}, or an empty string; unchanged when an
 * intermediate service propagates the error
 * @param delivery the delivery state of the failed call
 * @param retryAfter the delay before a retry that the peer asks for, {@code null} for
 * none
 */
public record ErrorInfo(ErrorCode code, String message, String type, String origin, Delivery delivery,
		@Nullable Duration retryAfter) {

	/** Limit in characters at which the message of an exception is truncated. */
	private static final int MAX_TEXT = 8 * 1024;

	/**
	 * Limit in characters for the reason why a connection ended, which is logged on one
	 * line.
	 */
	private static final int MAX_REASON = 1000;

	/**
	 * Creates an error raised by the framework.
	 * @param code the error code
	 * @param message the description of the error
	 */
	public ErrorInfo(ErrorCode code, String message) {
		this(code, message, "", "", Delivery.UNKNOWN, null);
	}

	/**
	 * Returns the error to be sent for an exception. An {@link AdaptiveException} keeps
	 * its code, except that {@link ErrorCode#OK} is replaced, because no error has that
	 * code. A {@link CancellationException} becomes {@link ErrorCode#CANCELLED}, and any
	 * other exception {@link ErrorCode#UNKNOWN}. A {@link RemoteException} keeps the
	 * error of its peer.
	 * @param error the exception
	 * @param origin the service instance that raised it
	 * @return the error
	 */
	public static ErrorInfo of(Throwable error, String origin) {
		if (error instanceof RemoteException remote) {
			return remote.error().notOk();
		}
		String message = text(error);
		String type = error.getClass().getName();
		if (error instanceof AdaptiveException adaptive) {
			return new ErrorInfo(adaptive.code(), message, type, origin, adaptive.delivery(), null).notOk();
		}
		ErrorCode code = (error instanceof CancellationException) ? ErrorCode.CANCELLED : ErrorCode.UNKNOWN;
		return new ErrorInfo(code, message, type, origin, Delivery.UNKNOWN, null);
	}

	private ErrorInfo notOk() {
		return (this.code != ErrorCode.OK) ? this : new ErrorInfo(ErrorCode.UNKNOWN, this.message, this.type,
				this.origin, this.delivery, this.retryAfter);
	}

	/**
	 * Returns the message of an exception, truncated. User code may override
	 * {@code getMessage()}, so it may throw.
	 */
	private static String text(Throwable error) {
		@Nullable String text;
		try {
			text = error.getMessage();
		}
		catch (Throwable ex) {
			return "its message cannot be read, getMessage() fails with " + ex.getClass().getName();
		}
		if (text == null) {
			return "";
		}
		return (text.length() > MAX_TEXT) ? text.substring(0, MAX_TEXT) : text;
	}

	/**
	 * Returns this error with a message that fits on one log line. Control characters are
	 * replaced by {@code ?}, and text beyond 1,000 characters by {@code ...}.
	 * @return this error, or a copy if its message had to change
	 */
	public ErrorInfo printable() {
		String line = this.message.replaceAll("\\p{Cntrl}", "?");
		String cut = (line.length() <= MAX_REASON) ? line : line.substring(0, MAX_REASON) + "...";
		return new ErrorInfo(this.code, cut, this.type, this.origin, this.delivery, this.retryAfter);
	}

	/**
	 * Returns a copy of this error with another delivery state.
	 * @param delivery the delivery state of the call
	 * @return the changed copy
	 */
	public ErrorInfo withDelivery(Delivery delivery) {
		return new ErrorInfo(this.code, this.message, this.type, this.origin, delivery, this.retryAfter);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.code.name());
		if (!this.type.isEmpty()) {
			text.append(' ').append(this.type.substring(this.type.lastIndexOf('.') + 1));
		}
		if (!this.message.isEmpty()) {
			text.append(": ").append(this.message);
		}
		return text.toString();
	}

}
