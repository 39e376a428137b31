package io.adaptive.trace;

/**
 * What a message looks like in a trace.
 */
final class MessageText {

	/** In characters. */
	static final int MAX_LENGTH = 1024;

	private MessageText() {
	}

	static String of(Object message) {
		return message.getClass().getSimpleName();
	}

}
