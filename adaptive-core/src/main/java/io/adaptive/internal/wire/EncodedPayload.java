package io.adaptive.internal.wire;

import io.adaptive.message.MessageType;
import io.adaptive.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A message as it came from the wire, or would come. One that came in fragments is put
 * together by who decodes it: the event loop must not spend its time on copying.
 */
public final class EncodedPayload implements Payload {

	private final String typeName;

	private final SenderDeclaration declaration;

	private final PayloadCodec codec;

	private final byte[][] fragments;

	private final int size;

	EncodedPayload(String typeName, SenderDeclaration declaration, PayloadCodec codec, int size, byte[]... fragments) {
		this.typeName = typeName;
		this.declaration = declaration;
		this.codec = codec;
		this.fragments = fragments;
		this.size = size;
	}

	@Override
	public String typeName() {
		return this.typeName;
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public @Nullable Class<?> knownType() {
		return this.codec.knownType(this.typeName);
	}

	@Override
	public boolean isReady(MessageType<?> type) {
		return this.codec.isReady(type, this.declaration.fingerprint()) && this.declaration.isChecked(type);
	}

	@Override
	public <T> T decode(MessageType<T> type) {
		this.declaration.check(type);
		return this.codec.decode(type, this.declaration.fingerprint(), whole());
	}

	private byte[] whole() {
		if (this.fragments.length == 1) {
			return this.fragments[0];
		}
		byte[] whole = new byte[this.size];
		int end = 0;
		for (byte[] fragment : this.fragments) {
			System.arraycopy(fragment, 0, whole, end, fragment.length);
			end += fragment.length;
		}
		return whole;
	}

	@Override
	public String toString() {
		return "%s (%s bytes)".formatted(this.typeName, this.size);
	}

}
