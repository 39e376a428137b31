package io.adaptive.node;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Envelope;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signs of life, with shorter times than the settled ones.
 */
class HeartbeatTests {

	private static final ServiceName SERVICE = new ServiceName("test", "echo");

	private static final Duration PING_AFTER = Duration.ofMillis(200);

	private static final Duration DEAD_AFTER = Duration.ofSeconds(2);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private SocketAddress address;

	/**
	 * Returns where the peers meet.
	 */
	Scope scope() {
		return Scope.OS;
	}

	@BeforeEach
	void publish() {
		node().newServer().publish(Service.named(SERVICE).handle(Text.class, (text) -> text));
		this.address = this.nodes.address(scope());
	}

	private AdaptiveNode node() {
		LinkSettings settings = new LinkSettings(Limits.DEFAULT, Duration.ofSeconds(10), PING_AFTER, DEAD_AFTER);
		return this.nodes.node((builder) -> builder.linkSettings(settings), scope());
	}

	@SlowTest
	@Test
	void aPeerThatNeverAnswersIsAskedAndThenDropped() throws Exception {
		long start = System.nanoTime();
		try (RawPeer peer = RawPeer.introduced(this.address, SERVICE)) {
			List<Envelope> pings = peer.untilTheEnd();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DEAD_AFTER);
			assertThat(pings).hasSizeBetween(1, 10)
				.allMatch((envelope) -> envelope instanceof Envelope.Ping ping && !ping.answer());
		}
	}

	@SlowTest
	@Test
	void aPeerThatSendsAnythingAtAllIsNotDropped() throws Exception {
		Connection idle = this.nodes.connect(node(), scope(), SERVICE);
		Connection late = this.nodes.connect(node(), scope(), SERVICE);
		try (RawPeer answering = RawPeer.introduced(this.address, SERVICE)) {
			for (int i = 0; i < 12; i++) {
				assertThat(answering.next()).isInstanceOf(Envelope.Ping.class);
				answering.send(RawPeer.frame(RawPeer.PING, 2, 0, i, 0));
			}
		}
		assertThat(idle.isOpen()).isTrue();
		assertThat(idle.sendRecv(new Text("a"), Text.class)).isEqualTo(new Text("a"));
		assertThat(late.sendRecv(new Text("b"), Text.class)).isEqualTo(new Text("b"));
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void aQuestionIsAnsweredWithItsToken() throws Exception {
		try (RawPeer peer = RawPeer.introduced(this.address, SERVICE)) {
			peer.send(RawPeer.frame(RawPeer.PING, 0, 0, Long.MIN_VALUE, 0));
			Envelope next = peer.next();
			while (!(next instanceof Envelope.Ping ping && ping.answer())) {
				next = peer.next();
			}
			assertThat(next).isEqualTo(new Envelope.Ping(Long.MIN_VALUE, true));
		}
	}

	record Text(String text) {
	}

}
