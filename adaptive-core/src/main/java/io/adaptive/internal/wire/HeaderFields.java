package io.adaptive.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.adaptive.message.MessageHeaders;
import io.adaptive.message.TraceContext;
import io.adaptive.message.TraceTag;
import io.adaptive.message.TraceToken;
import org.jspecify.annotations.Nullable;

/**
 * The frame fields for what travels beside a message. None of them is worth a connection:
 * what is malformed or too long counts as absent, on both sides.
 */
final class HeaderFields {

	static final int TRACEPARENT = 2;

	static final int TRACE_TAG = 3;

	static final int TRACESTATE = 5;

	static final int BAGGAGE = 6;

	private static final int TRACEPARENT_BYTES = 55;

	private static final int MAX_TRACEPARENT = 256;

	private static final int MAX_TRACESTATE = 256;

	private static final int MAX_BAGGAGE = 512;

	private static final int HEAD_BYTES = 2 * Short.BYTES;

	private static final int TAG_BYTES = 3 * Long.BYTES + Integer.BYTES;

	private HeaderFields() {
	}

	static boolean isOne(int tag) {
		return tag == TRACEPARENT || tag == TRACE_TAG || tag == TRACESTATE || tag == BAGGAGE;
	}

	/**
	 * Encodes the fields of a message with something beside it.
	 * @param others the fields that stand before these, encoded
	 */
	static byte[] append(byte[] others, MessageHeaders headers) {
		TraceContext context = headers.traceContext();
		if (context != null && !isTraceparent(context.traceparent())) {
			context = null;
		}
		String traceparent = (context != null) ? context.traceparent() : "";
		String tracestate = (context != null) ? sendable(context.tracestate(), MAX_TRACESTATE) : "";
		String baggage = (context != null) ? sendable(context.baggage(), MAX_BAGGAGE) : "";
		TraceTag tag = headers.traceTag();
		ByteBuffer fields = ByteBuffer.allocate(others.length + length(traceparent) + length(tracestate)
				+ length(baggage) + ((tag != null) ? HEAD_BYTES + TAG_BYTES : 0));
		fields.put(others);
		put(fields, TRACEPARENT, traceparent);
		if (tag != null) {
			UUID id = tag.token().id();
			fields.putShort((short) TRACE_TAG)
				.putShort((short) TAG_BYTES)
				.putLong(id.getMostSignificantBits())
				.putLong(id.getLeastSignificantBits())
				.putInt(tag.token().sequence())
				.putLong(tag.hop());
		}
		put(fields, TRACESTATE, tracestate);
		put(fields, BAGGAGE, baggage);
		return fields.array();
	}

	private static String sendable(@Nullable String text, int maxLength) {
		return (text != null && text.length() <= maxLength && isPrintable(text)) ? text : "";
	}

	private static int length(String text) {
		return text.isEmpty() ? 0 : HEAD_BYTES + text.length();
	}

	private static void put(ByteBuffer fields, int tag, String text) {
		if (!text.isEmpty()) {
			fields.putShort((short) tag)
				.putShort((short) text.length())
				.put(text.getBytes(StandardCharsets.ISO_8859_1));
		}
	}

	static MessageHeaders read(TlvFields fields) {
		return MessageHeaders.of(readContext(fields), readTag(fields.bytes(TRACE_TAG)));
	}

	private static @Nullable TraceContext readContext(TlvFields fields) {
		String traceparent = readText(fields.bytes(TRACEPARENT), MAX_TRACEPARENT);
		if (traceparent == null || !isTraceparent(traceparent)) {
			return null;
		}
		return new TraceContext(traceparent, readText(fields.bytes(TRACESTATE), MAX_TRACESTATE),
				readText(fields.bytes(BAGGAGE), MAX_BAGGAGE));
	}

	private static @Nullable String readText(byte @Nullable [] value, int maxLength) {
		if (value == null || value.length == 0 || value.length > maxLength) {
			return null;
		}
		String text = new String(value, StandardCharsets.ISO_8859_1);
		return isPrintable(text) ? text : null;
	}

	private static @Nullable TraceTag readTag(byte @Nullable [] value) {
		if (value == null || value.length != TAG_BYTES) {
			return null;
		}
		ByteBuffer bytes = ByteBuffer.wrap(value);
		UUID id = new UUID(bytes.getLong(), bytes.getLong());
		int sequence = bytes.getInt();
		long hop = bytes.getLong();
		return (sequence >= 0 && hop != 0) ? new TraceTag(new TraceToken(id, sequence), hop) : null;
	}

	/**
	 * Tells whether text has the form of version 00; a later version may add to it.
	 * Looked at for each message that is observed, so without a regular expression.
	 */
	private static boolean isTraceparent(String text) {
		int length = text.length();
		if (length < TRACEPARENT_BYTES || length > MAX_TRACEPARENT || !isPrintable(text)) {
			return false;
		}
		boolean longer = length > TRACEPARENT_BYTES;
		return text.charAt(2) == '-' && text.charAt(35) == '-' && text.charAt(52) == '-' && isHex(text, 0, 2)
				&& isHex(text, 3, 35) && isHex(text, 36, 52) && isHex(text, 53, 55) && !text.startsWith("ff")
				&& (!longer || (text.charAt(55) == '-' && !text.startsWith("00"))) && !isZero(text, 3, 35)
				&& !isZero(text, 36, 52);
	}

	private static boolean isHex(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
				return false;
			}
		}
		return true;
	}

	private static boolean isZero(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			if (text.charAt(i) != '0') {
				return false;
			}
		}
		return true;
	}

	/**
	 * Tells whether text is ASCII without control characters, a tab being white space of
	 * HTTP, where these texts come from.
	 */
	private static boolean isPrintable(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if ((c < ' ' || c > '~') && c != '\t') {
				return false;
			}
		}
		return true;
	}

}
