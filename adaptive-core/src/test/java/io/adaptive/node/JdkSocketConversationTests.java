package io.adaptive.node;

import io.adaptive.dispatch.HandlerOptions;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
			assertThat(connection.sendRecv(new Note(""), Note.class).text()).contains("-nio-");
		}
	}

}
