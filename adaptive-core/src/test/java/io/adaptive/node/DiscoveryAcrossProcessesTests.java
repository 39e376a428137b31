package io.adaptive.node;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.EchoProgram.Ball;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Several programs, each in a JVM of its own.
 */
class DiscoveryAcrossProcessesTests {

	private static final ServiceName SERVICE = new ServiceName("test", "echo");

	/** What is logged when the service can be found. */
	private static final String PUBLISHED = "published service=" + SERVICE;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private ChildJvm startServer() {
		ChildJvm server = ChildJvm.start(EchoProgram.class, this.nodes.directory());
		server.awaitLine(PUBLISHED);
		return server;
	}

	private Connection connect() {
		return this.nodes.node(Scope.OS).newClient().discoverTimeout(Duration.ofSeconds(20)).discover(SERVICE);
	}

	@SlowTest
	@Test
	void aClientThatIsStartedFirstIsToldOfThePublishing() {
		try (ChildJvm client = ChildJvm.start(EchoClientProgram.class, this.nodes.directory())) {
			client.awaitLine("waiting for service=" + SERVICE);
			try (ChildJvm server = ChildJvm.start(EchoProgram.class, this.nodes.directory())) {
				long published = server.awaitLine(PUBLISHED).nanos();
				ChildJvm.Line answer = client.awaitLine("answer");
				assertThat(answer.text()).isEqualTo("answer Ball[thread=1, number=2]");
				// Two cold programs share a loaded machine; without being told it would
				// be never.
				assertThat(Duration.ofNanos(answer.nanos() - published)).isLessThan(Duration.ofSeconds(10));
				assertThat(client.stop()).isZero();
				assertThat(server.stop()).isZero();
			}
		}
	}

	@Test
	void aServiceInTwoProgramsIsTwoInstances() {
		AdaptiveNode own = this.nodes.node(Scope.OS);
		try (ChildJvm server = startServer()) {
			own.newServer().publish(Service.named(SERVICE).handle(Ball.class, (ball) -> ball));
			try (Connection one = connect()) {
				assertThat(one.sendRecv(new Ball(1, 1), Ball.class)).isEqualTo(new Ball(1, 1));
				boolean toOwn = one.info().peer().equals(own.instance());
				if (toOwn) {
					own.close();
				}
				else {
					assertThat(server.stop()).isZero();
				}
				try (Connection other = connect()) {
					assertThat(other.info().peer().equals(own.instance())).isNotEqualTo(toOwn);
					assertThat(other.sendRecv(new Ball(2, 2), Ball.class)).isEqualTo(new Ball(2, 2));
				}
			}
		}
	}

	@SlowTest
	@Test
	void theNextStartTakesThePlaceOfAProgramThatWasKilledAndALazyConnectionFindsIt() {
		try (Connection lazy = this.nodes.node(Scope.OS)
			.newClient()
			.discoverTimeout(Duration.ofSeconds(30))
			.lazy(SERVICE)) {
			try (ChildJvm first = startServer()) {
				assertThat(lazy.sendRecv(new Ball(1, 1), Ball.class)).isEqualTo(new Ball(1, 1));
				first.kill();
			}
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> lazy.recv(Ball.class));
			try (ChildJvm second = startServer()) {
				assertThat(lazy.sendRecv(new Ball(2, 2), Ball.class)).isEqualTo(new Ball(2, 2));
				assertThat(second.stop()).isZero();
			}
		}
		assertThat(this.nodes.directory().toFile().list()).containsExactly("provider-id-entrance");
	}

	@SlowTest
	@Test
	void aServerNoticesThatItsClientWasKilled() {
		// A message whose client is gone before its handler begins is not handled.
		AtomicInteger begun = new AtomicInteger();
		AtomicInteger lost = new AtomicInteger();
		AdaptiveNode server = this.nodes.node(Scope.OS);
		server.newServer().publish(Service.named(SERVICE).handle(Ball.class, (ball, stream) -> {
			begun.incrementAndGet();
			try {
				stream.recv(Next.class);
			}
			catch (ConnectionLostException ex) {
				lost.incrementAndGet();
			}
			return null;
		}));
		try (ChildJvm client = ChildJvm.start(EchoClientProgram.class, this.nodes.directory())) {
			Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> begun.get() == 1);
			client.kill();
			Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> lost.get() == 1);
		}
		assertThat(this.log.warnings()).isEmpty();
	}

	/** Never sent. */
	record Next() {
	}

}
