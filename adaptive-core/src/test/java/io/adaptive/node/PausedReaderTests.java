package io.adaptive.node;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader of large messages that pauses holds up their publisher, by bytes in every
 * scope.
 */
class PausedReaderTests {

	private static final ServiceName SERVICE = new ServiceName("test", "parts");

	private static final int COUNT = 100;

	private static final int SIZE = 100_000;

	/** What the credit of a connection pays for, one that is being made, and one more. */
	private static final int AHEAD = 256 * 1024 / SIZE + 2;

	private static final LinkSettings SETTINGS = new LinkSettings(new Limits(1 << 20, 64 * 1024, 256 * 1024),
			LinkSettings.DEFAULT.handshakeTimeout(), LinkSettings.DEFAULT.pingAfter(),
			LinkSettings.DEFAULT.deadAfter());

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final AtomicInteger made = new AtomicInteger();

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aPublisherIsAFewLargeElementsAhead(Scope scope) {
		AdaptiveNode server = this.nodes.node((builder) -> builder.linkSettings(SETTINGS), scope);
		server.newServer()
			.publish(Service.named(SERVICE)
				.handle(Ask.class, (ask) -> Flux.range(0, COUNT).map((number) -> make(number, ask.size()))));
		AdaptiveNode client = this.nodes.node((builder) -> builder.linkSettings(SETTINGS), scope);
		try (MessageStream stream = this.nodes.connect(client, scope, SERVICE).newStream()) {
			stream.send(new Ask(SIZE));
			assertThat(stream.recv(Part.class).number()).isZero();
			Awaitility.await().during(Duration.ofMillis(200)).until(() -> this.made.get() <= 1 + AHEAD);
			for (int i = 1; i < COUNT; i++) {
				assertThat(stream.recv(Part.class).number()).isEqualTo(i);
				assertThat(this.made.get() - i - 1).isLessThanOrEqualTo(AHEAD);
			}
		}
		assertThat(this.made).hasValue(COUNT);
	}

	private Part make(int number, int size) {
		this.made.incrementAndGet();
		return new Part(number, new byte[size]);
	}

	record Ask(int size) {
	}

	record Part(int number, byte[] bytes) {
	}

}
