package io.adaptive.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.scheduler.NonBlocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Closing a node one of whose event loops does not come back.
 */
@SlowTest
class BusyEventLoopTests {

	private static final ServiceName SERVICE = new ServiceName("test", "busy");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	@Test
	void closingEndsThoughAnEventLoopDoesNot() {
		CountDownLatch busy = new CountDownLatch(1);
		AtomicBoolean released = new AtomicBoolean();
		AdaptiveNode server = this.nodes.node((builder) -> builder.drainTimeout(Duration.ofMillis(100)), Scope.OS);
		server.newServer().publish(Service.named(SERVICE).handle(Ask.class, (Ask ask) -> {
			if (Thread.currentThread() instanceof NonBlocking) {
				busy.countDown();
				while (!released.get()) {
					Thread.onSpinWait();
				}
			}
			return ask;
		}).options(Ask.class, HandlerOptions.DEFAULT.asNonBlocking()));
		Connection connection = this.nodes.node(Scope.OS).newClient().discover(SERVICE);
		try {
			Awaitility.await().until(() -> {
				connection.send(new Ask(1));
				return busy.getCount() == 0;
			});
			assertThatCode(server::close).doesNotThrowAnyException();
			assertThat(this.log.warnings()).contains("WARN event loop is busy, closed later what=server socket",
					"WARN event loop is busy, closed later what=connections");
		}
		finally {
			released.set(true);
		}
	}

	record Ask(int number) {
	}

}
