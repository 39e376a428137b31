package io.adaptive.internal.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Errors as bytes: code, delivery, retry-after in milliseconds, then three texts.
 */
final class ErrorFormat {

	/** Longer texts are cut: an error must always fit in one frame. */
	private static final int MAX_TEXT = 8 * 1024;

	private ErrorFormat() {
	}

	static void write(ByteBuf out, ErrorInfo error) {
		out.writeByte(error.code().number());
		out.writeByte(error.delivery().number());
		out.writeInt(retryMillis(error.retryAfter()));
		writeText(out, error.message());
		writeText(out, error.type());
		writeText(out, error.origin());
	}

	static ErrorInfo read(ByteBuf in) {
		if (in.readableBytes() < 6) {
			throw new ProtocolException("an error is cut off");
		}
		ErrorCode code = ErrorCode.of(in.readUnsignedByte());
		int delivery = in.readUnsignedByte();
		long retryMillis = in.readUnsignedInt();
		return new ErrorInfo(code, readText(in), readText(in), readText(in), Delivery.of(delivery),
				(retryMillis > 0) ? Duration.ofMillis(retryMillis) : null);
	}

	private static int retryMillis(@Nullable Duration retryAfter) {
		if (retryAfter == null || retryAfter.isNegative()) {
			return 0;
		}
		boolean tooLong = retryAfter.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0;
		return tooLong ? Integer.MAX_VALUE : (int) retryAfter.toMillis();
	}

	static void writeText(ByteBuf out, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length > MAX_TEXT) {
			bytes = Arrays.copyOf(bytes, startOfCharacter(bytes, MAX_TEXT));
		}
		out.writeShort(bytes.length);
		out.writeBytes(bytes);
	}

	private static int startOfCharacter(byte[] utf8, int index) {
		int start = index;
		while (start > 0 && (utf8[start] & 0xc0) == 0x80) {
			start--;
		}
		return start;
	}

	static String readText(ByteBuf in) {
		int length = (in.readableBytes() >= 2) ? in.readUnsignedShort() : Integer.MAX_VALUE;
		if (length > in.readableBytes()) {
			throw new ProtocolException("an error's text is cut off");
		}
		return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
	}

}
