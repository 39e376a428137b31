package io.adaptive.wire;

import io.adaptive.message.Payload;

/**
 * A message as it came from the wire. One that came in fragments is put together by who
 * decodes it: the event loop must not spend its time on copying.
 */
final class EncodedPayload implements Payload {

	private final String typeName;

	private final PayloadCodec codec;

	private final byte[][] fragments;

	private final int size;

	EncodedPayload(String typeName, PayloadCodec codec, int size, byte[]... fragments) {
		this.typeName = typeName;
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
	public <T> T decode(Class<T> type) {
		return this.codec.decode(type, whole());
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
		return "%s (%d bytes)".formatted(this.typeName, this.size);
	}

}
