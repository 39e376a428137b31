package io.adaptive.node;

/**
 * The same conversations with messages as CBOR.
 */
class CborConversationTests extends ConversationTests {

	@Override
	AdaptiveNode.Builder settings(AdaptiveNode.Builder builder) {
		return builder.codec("cbor");
	}

}
