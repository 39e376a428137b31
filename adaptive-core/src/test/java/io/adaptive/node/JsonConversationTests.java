package io.adaptive.node;

/**
 * The same conversations with messages as JSON.
 */
class JsonConversationTests extends ConversationTests {

	@Override
	AdaptiveNodeBuilder settings(AdaptiveNodeBuilder builder) {
		return builder.codec("json");
	}

}
