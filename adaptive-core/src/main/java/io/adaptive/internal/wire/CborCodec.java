package io.adaptive.internal.wire;

import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The codec {@code cbor}. A class of its own, so that JSON works without Jackson's CBOR
 * module on the class path.
 */
final class CborCodec {

	private CborCodec() {
	}

	static PayloadCodec create(RegisteredTypes registered) {
		return new JacksonCodec("cbor", CBORMapper.builder(), registered);
	}

}
