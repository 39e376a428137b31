package io.adaptive.internal.wire;

import java.lang.reflect.Type;

import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * How the sender of messages declares their type. Compared with the declaration of a
 * receiver once per connection and type. For any number of threads.
 */
final class SenderDeclaration {

	/** Of a sender that did not tell. */
	static final SenderDeclaration UNKNOWN = new SenderDeclaration(0, null);

	private final long fingerprint;

	/** Either of two equal texts, for whoever reads it. */
	private @Nullable String text;

	/** What the last comparison found; a type has one receiver, as a rule. */
	private volatile @Nullable Verdict verdict;

	SenderDeclaration(MessageSchema schema) {
		this(schema.fingerprint(), schema.text());
	}

	SenderDeclaration(long fingerprint, @Nullable String text) {
		this.fingerprint = fingerprint;
		this.text = text;
	}

	long fingerprint() {
		return this.fingerprint;
	}

	/**
	 * Tells whether {@link #check} returns at once: there is nothing to compare, it has
	 * been compared, or the declarations are equal. Computes nothing.
	 * @param type the receiver's
	 */
	boolean isChecked(MessageType<?> type) {
		if (this.text == null || verdict(type) != null) {
			return true;
		}
		MessageSchema own = (type.genericType() instanceof Class<?> declared) ? MessageSchema.known(declared) : null;
		return own != null && own.fingerprint() == this.fingerprint;
	}

	/**
	 * Compares the declarations.
	 * @param type the receiver's
	 * @throws MessageCodecException if a component has another type there
	 */
	void check(MessageType<?> type) {
		String sent = this.text;
		if (sent == null) {
			return;
		}
		Verdict known = verdict(type);
		if (known == null) {
			known = new Verdict(type.genericType(), difference(sent, type));
			this.verdict = known;
		}
		if (known.difference != null) {
			throw new MessageCodecException(Delivery.UNKNOWN,
					"Message %s cannot be decoded: %s".formatted(type, known.difference), null);
		}
	}

	private @Nullable Verdict verdict(MessageType<?> type) {
		Verdict last = this.verdict;
		return (last != null && last.type.equals(type.genericType())) ? last : null;
	}

	private @Nullable String difference(String sent, MessageType<?> type) {
		MessageSchema own = MessageSchema.of(type);
		String text = own.text();
		if (sent.equals(text)) {
			// All connections keep the one of the receiver.
			this.text = text;
			return null;
		}
		return (text == null || own.fingerprint() == this.fingerprint) ? null : SchemaComparison.difference(sent, text);
	}

	/**
	 * What a comparison found.
	 *
	 * @param type the type of the receiver
	 * @param difference in words, {@code null} if there is none
	 */
	private record Verdict(Type type, @Nullable String difference) {

	}

}
