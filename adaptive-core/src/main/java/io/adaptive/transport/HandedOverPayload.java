package io.adaptive.transport;

import java.util.Arrays;

import io.adaptive.message.Payload;
import io.adaptive.message.ReferencePayload;
import io.adaptive.wire.PayloadCodec;

/**
 * A message within a process. The receiver gets the object itself, unless a copy is
 * wanted or its class is another one there: then it goes through the codec, as over a
 * socket.
 */
record HandedOverPayload(ReferencePayload original, PayloadCodec codec, boolean copied) implements Payload {

	@Override
	public String typeName() {
		return this.original.typeName();
	}

	@Override
	public int size() {
		return this.original.size();
	}

	@Override
	public <T> T decode(Class<T> type) {
		return (!this.copied && type.isInstance(this.original.message())) ? type.cast(this.original.message())
				: throughCodec(type);
	}

	private <T> T throughCodec(Class<T> type) {
		return this.codec.decode(type, this.codec.encode(this.original.message(), Arrays::copyOf));
	}

}
