package io.adaptive.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

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

	private static final int MAX_TRACEPARENT = 256;

	private static final int MAX_TRACESTATE = 512;

	private static final int MAX_BAGGAGE = 2048;

	private static final int TAG_BYTES = 3 * Long.BYTES + Integer.BYTES;

	/** A later version may add to what version 00 has. */
	private static final Pattern TRACEPARENT_FORM = Pattern
		.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

	private HeaderFields() {
	}

	static boolean isOne(int tag) {
		return tag == TRACEPARENT || tag == TRACE_TAG || tag == TRACESTATE || tag == BAGGAGE;
	}

	static void put(Fields fields, MessageHeaders headers) {
		TraceContext context = headers.traceContext();
		if (context != null && isTraceparent(context.traceparent())) {
			fields.put(TRACEPARENT, context.traceparent());
			putText(fields, TRACESTATE, context.tracestate(), MAX_TRACESTATE);
			putText(fields, BAGGAGE, context.baggage(), MAX_BAGGAGE);
		}
		TraceTag tag = headers.traceTag();
		if (tag != null) {
			UUID id = tag.token().id();
			fields.put(TRACE_TAG,
					ByteBuffer.allocate(TAG_BYTES)
						.putLong(id.getMostSignificantBits())
						.putLong(id.getLeastSignificantBits())
						.putInt(tag.token().sequence())
						.putLong(tag.hop())
						.array());
		}
	}

	private static void putText(Fields fields, int tag, @Nullable String text, int maxLength) {
		if (text != null && !text.isEmpty() && text.length() <= maxLength && isPrintable(text)) {
			fields.put(tag, text);
		}
	}

	static MessageHeaders read(Fields fields) {
		return MessageHeaders.of(readContext(fields), readTag(fields.bytes(TRACE_TAG)));
	}

	private static @Nullable TraceContext readContext(Fields fields) {
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
		return (sequence >= 0) ? new TraceTag(new TraceToken(id, sequence), bytes.getLong()) : null;
	}

	private static boolean isTraceparent(String text) {
		return text.length() <= MAX_TRACEPARENT && TRACEPARENT_FORM.matcher(text).matches() && isPrintable(text)
				&& (text.length() == 55 || !text.startsWith("00"));
	}

	/**
	 * Tells whether text is ASCII without control characters, a tab being white space of
	 * HTTP, from where these texts come.
	 */
	private static boolean isPrintable(String text) {
		return text.chars().allMatch((c) -> (c >= ' ' && c <= '~') || c == '\t');
	}

}
