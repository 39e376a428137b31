package io.adaptive.node;

import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The same conversations where there are no native sockets.
 */
class JdkSocketConversationTests extends ConversationTests {

	@Override
	AdaptiveNodeBuilder settings(AdaptiveNodeBuilder builder) {
		return builder.nativeSockets(false);
	}

	@Test
	void theEventLoopsAreThoseOfTheJdk() {
		Service service = Service.named("test", "loop")
			.handle(Note.class, (note) -> new Note(Thread.currentThread().getName()))
			.options(Note.class, HandlerOptions.DEFAULT.asNonBlocking());
		try (Connection connection = connect(Scope.OS, service)) {
			// A worker handles it until the code for the message is there.
			Awaitility.await().until(() -> connection.sendRecv(new Note(""), Note.class).text().contains("-nio-"));
		}
	}

}
