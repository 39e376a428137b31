package io.adaptive.node;

/**
 * The same conversations with messages as JSON.
 */
class JsonConversationTests extends ConversationTests {

	@Override
	AdaptiveNode.Builder settings(AdaptiveNode.Builder builder) {
		return builder.codec("json");
	}

}
