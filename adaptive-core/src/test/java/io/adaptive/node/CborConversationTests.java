package io.adaptive.node;

/**
 * The same conversations with messages as CBOR.
 */
class CborConversationTests extends ConversationTests {

	@Override
	AdaptiveNodeBuilder settings(AdaptiveNodeBuilder builder) {
		return builder.codec("cbor");
	}

}
