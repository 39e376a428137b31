package io.adaptive.topidchart.session;

/**
 * As many sessions are open as may.
 */
public class TooManySessionsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TooManySessionsException(String message) {
		super(message);
	}

}
