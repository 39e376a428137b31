package io.adaptive.wire;

import io.adaptive.message.Payload;

/**
 * A message as it came from the wire.
 */
final class EncodedPayload implements Payload {

	private final String typeName;

	private final PayloadCodec codec;

	private final byte[] encoded;

	EncodedPayload(String typeName, PayloadCodec codec, byte[] encoded) {
		this.typeName = typeName;
		this.codec = codec;
		this.encoded = encoded;
	}

	@Override
	public String typeName() {
		return this.typeName;
	}

	@Override
	public int size() {
		return this.encoded.length;
	}

	@Override
	public <T> T decode(Class<T> type) {
		return this.codec.decode(type, this.encoded);
	}

	@Override
	public String toString() {
		return "%s (%d bytes)".formatted(this.typeName, this.encoded.length);
	}

}
