package io.adaptive.internal.wire;

import java.nio.charset.StandardCharsets;

import io.adaptive.annotation.Message;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;

/**
 * A codec simple enough to write its bytes by hand.
 */
final class NoteCodec implements PayloadCodec {

	@Override
	public String name() {
		return "note";
	}

	@Override
	public <T> T encode(Object message, Use<T> use) {
		if (!(message instanceof Note note)) {
			throw new MessageCodecException(Delivery.NOT_SENT, "Not a note: " + message, null);
		}
		byte[] bytes = note.text().getBytes(StandardCharsets.UTF_8);
		return use.apply(bytes, bytes.length);
	}

	@Override
	public <T> T decode(MessageType<T> type, byte[] encoded) {
		return type.javaType().cast(new Note(new String(encoded, StandardCharsets.UTF_8)));
	}

	@Override
	public void warmUp(Class<?> type) {
	}

	@Message("note")
	record Note(String text) {

		static Note ofSize(int size) {
			return new Note("x".repeat(size));
		}

	}

}
