package io.adaptive.internal.wire;

import java.util.Set;

import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageCodecException;
import org.jspecify.annotations.Nullable;

/**
 * What a codec's failure means, in words of this framework. The codec's own exception is
 * the cause, for its stack trace; its words, which speak of another API, are not
 * repeated.
 */
final class CodecFailure {

	/** What a receiver says of bytes with more levels than it reads. */
	static final String TOO_DEEP = "it is nested too deep; both ends have the limit adaptive.max-message-depth";

	private static final int MAX_CAUSES = 20;

	/** They refuse texts in the words of their types. */
	private static final Set<String> TEXTS = Set.of(TextValue.class.getName(), UrlText.class.getName(),
			AddressText.class.getName(), CalendarText.class.getName());

	private CodecFailure() {
	}

	/**
	 * Explains why a message was not encoded.
	 * @param problem what is wrong with one of its values, if that is known
	 */
	static MessageCodecException encoding(String codec, Class<?> type, @Nullable String problem, Throwable failure) {
		return new MessageCodecException(code(failure), Delivery.NOT_SENT,
				"Message %s cannot be encoded as %s: %s".formatted(type.getTypeName(), codec,
						isTooDeep(failure) && problem != null ? problem
								: reason(failure, (problem != null) ? problem : "one of its values has no encoding")),
				failure);
	}

	/**
	 * Explains why a message was not encoded.
	 * @param problem what is wrong with one of its values
	 */
	static MessageCodecException encoding(String codec, Class<?> type, String problem) {
		return new MessageCodecException(Delivery.NOT_SENT,
				"Message %s cannot be encoded as %s: %s".formatted(type.getTypeName(), codec, problem), null);
	}

	/**
	 * Explains why a message was not decoded.
	 * @param problem what the codec knows, in words
	 */
	static MessageCodecException decoding(String codec, String type, int length, @Nullable String problem,
			Throwable failure) {
		return new MessageCodecException(
				code(failure), Delivery.UNKNOWN, "%s bytes of %s cannot be decoded as message %s: %s".formatted(length,
						codec, type, reason(failure, (problem != null) ? problem : "they do not fit its declaration")),
				failure);
	}

	static @Nullable <T extends Throwable> T find(Class<T> kind, Throwable failure) {
		Throwable each = failure;
		for (int i = 0; each != null && i < MAX_CAUSES; i++) {
			if (kind.isInstance(each)) {
				return kind.cast(each);
			}
			each = each.getCause();
		}
		return null;
	}

	private static boolean isTooDeep(Throwable failure) {
		return find(StackOverflowError.class, failure) != null;
	}

	private static ErrorCode code(Throwable failure) {
		if (find(OutOfMemoryError.class, failure) != null) {
			return ErrorCode.RESOURCE_EXHAUSTED;
		}
		return (find(LinkageError.class, failure) != null) ? ErrorCode.INTERNAL : ErrorCode.INVALID_ARGUMENT;
	}

	private static String reason(Throwable failure, String otherwise) {
		if (find(OutOfMemoryError.class, failure) != null) {
			return "there is not enough memory";
		}
		if (isTooDeep(failure)) {
			return "it contains itself, or is nested too deep";
		}
		Throwable each = failure;
		for (int i = 0; each != null && i < MAX_CAUSES; i++) {
			if (isOfTheMessage(each)) {
				return "%s: %s".formatted(each.getClass().getSimpleName(), each.getMessage());
			}
			each = each.getCause();
		}
		return otherwise;
	}

	/**
	 * Tells whether code of the message threw it, such as a constructor that refuses its
	 * values, rather than the codec.
	 */
	private static boolean isOfTheMessage(Throwable failure) {
		if (failure instanceof LinkageError && !(failure instanceof ExceptionInInitializerError)) {
			return true;
		}
		for (StackTraceElement frame : failure.getStackTrace()) {
			String name = frame.getClassName();
			if (isOfTheCodec(name)) {
				return false;
			}
			if (!name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.")) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOfTheCodec(String className) {
		return TEXTS.contains(className) || className.contains("Fory") || className.startsWith("org.apache.fory.")
				|| className.startsWith("tools.jackson.") || className.startsWith("io.adaptive.internal.wire.Jackson");
	}

}
