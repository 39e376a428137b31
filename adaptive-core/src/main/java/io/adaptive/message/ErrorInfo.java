package io.adaptive.message;

import java.time.Duration;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/**
 * An error as it travels: data, never a class to load and never a stack trace.
 *
 * @param code the kind of error
 * @param message what happened, in words
 * @param type the class name of the exception it was made from, or an empty string
 * @param origin who raised it first, such as {@code example/hello@02:42:ac:11:00:02#1f},
 * or an empty string; stays as it is when a service in between passes the error on
 * @param delivery what is known of the call that failed
 * @param retryAfter how long to wait before trying again, if the peer says so
 */
public record ErrorInfo(ErrorCode code, String message, String type, String origin, Delivery delivery,
		@Nullable Duration retryAfter) {

	/** In characters; longer messages of exceptions are cut. */
	private static final int MAX_TEXT = 8 * 1024;

	/** In characters; what ends a connection is a line in many logs. */
	private static final int MAX_REASON = 1000;

	/**
	 * Makes an error of this framework.
	 * @param code the kind of error
	 * @param message what happened
	 */
	public ErrorInfo(ErrorCode code, String message) {
		this(code, message, "", "", Delivery.UNKNOWN, null);
	}

	/**
	 * Tells how an exception travels. An {@link AdaptiveException} keeps its code, unless
	 * that is {@link ErrorCode#OK}, which no error has. A {@link CancellationException}
	 * is {@link ErrorCode#CANCELLED}, and any other exception {@link ErrorCode#UNKNOWN}.
	 * @param error the exception
	 * @param origin who raised it
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
	 * Returns an exception's message, which may be user code that fails, or too long.
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
	 * Returns this error with a message that is fit for one log line: control characters
	 * become {@code ?}, and what follows after 1,000 characters becomes {@code ...}.
	 * @return the error, changed if need be
	 */
	public ErrorInfo printable() {
		String line = this.message.replaceAll("\\p{Cntrl}", "?");
		String cut = (line.length() <= MAX_REASON) ? line : line.substring(0, MAX_REASON) + "...";
		return new ErrorInfo(this.code, cut, this.type, this.origin, this.delivery, this.retryAfter);
	}

	/**
	 * Returns this error with another verdict on the call.
	 * @param delivery what is known of the call
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
