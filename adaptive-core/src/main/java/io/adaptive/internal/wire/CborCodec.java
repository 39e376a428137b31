package io.adaptive.internal.wire;

import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The codec {@code cbor}. A class of its own, so that JSON works without Jackson's CBOR
 * module on the class path.
 */
final class CborCodec {

	private CborCodec() {
	}

	static PayloadCodec create(RegisteredTypes registered) {
		return create(registered, Codecs.DEFAULT_MAX_DEPTH);
	}

	static PayloadCodec create(RegisteredTypes registered, int maxDepth) {
		return JacksonCodec.of("cbor", CBORFactory.builder(), CBORMapper::builder, registered, maxDepth);
	}

}
