package io.adaptive.gshell.job;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The first {@value #MAX_BYTES} bytes of a stack trace, in UTF-8.
 */
final class ErrorText {

	private static final int MAX_BYTES = 4096;

	private ErrorText() {
	}

	/** Calls code of the job: {@code getMessage} and the like. */
	static String of(Throwable throwable) {
		StringBuilder text = new StringBuilder();
		throwable.printStackTrace(new PrintWriter(new Bounded(text)));
		return cut(text.toString());
	}

	private static String cut(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length <= MAX_BYTES) {
			return text;
		}
		int end = MAX_BYTES;
		while ((bytes[end] & 0xC0) == 0x80) {
			end--;
		}
		return new String(bytes, 0, end, StandardCharsets.UTF_8);
	}

	private static final class Bounded extends Writer {

		private final StringBuilder text;

		private Bounded(StringBuilder text) {
			this.text = text;
		}

		@Override
		public void write(char[] buffer, int offset, int length) {
			this.text.append(buffer, offset, Math.min(length, Math.max(0, MAX_BYTES - this.text.length())));
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	}

}
