package io.adaptive.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.scheduler.NonBlocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How long closing a node may take.
 */
class CloseTimeTests {

	private static final ServiceName SERVICE = new ServiceName("test", "closing");

	private static final Duration LIMIT = Duration.ofMillis(400);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private static void assertClosesInTime(AdaptiveNode node) {
		long start = System.nanoTime();
		node.close(LIMIT);
		Duration taken = Duration.ofNanos(System.nanoTime() - start);
		System.out.printf("closed within %s ms, limit %s ms%n", taken.toMillis(), LIMIT.toMillis());
		assertThat(taken).isLessThan(LIMIT.multipliedBy(10));
	}

	@Test
	void aHandlerThatRunsOnIsGivenUp() throws InterruptedException {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		AdaptiveNode server = this.nodes.node(Scope.OS);
		server.newServer().publish(Service.named(SERVICE).handle(Ask.class, (Ask ask) -> {
			running.countDown();
			awaitDespiteInterrupts(released);
			return ask;
		}));
		try {
			this.nodes.node(Scope.OS).newClient().discover(SERVICE).send(new Ask(1));
			running.await();
			assertClosesInTime(server);
			assertThat(this.log.warnings()).anyMatch((line) -> line.startsWith("WARN drain incomplete"));
		}
		finally {
			released.countDown();
		}
	}

	private static void awaitDespiteInterrupts(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// It runs on.
			}
		}
	}

	@Test
	void eventLoopsThatDoNotComeBackAreGivenUpTogether() {
		CountDownLatch busy = new CountDownLatch(1);
		AtomicBoolean released = new AtomicBoolean();
		AdaptiveNode server = this.nodes.node((builder) -> builder.listen(0), Scope.OS);
		server.newServer().publish(Service.named(SERVICE).handle(Ask.class, (Ask ask) -> {
			if (Thread.currentThread() instanceof NonBlocking) {
				busy.countDown();
				while (!released.get()) {
					Thread.onSpinWait();
				}
			}
			return ask;
		}).options(Ask.class, HandlerOptions.DEFAULT.asNonBlocking()));
		Endpoint.Tcp address = server.tcpEndpoint().orElseThrow();
		Connection connection = this.nodes.node(Scope.OS)
			.newClient()
			.connect(new Endpoint.Tcp(address.host(), address.port()), SERVICE);
		try {
			Awaitility.await().until(() -> {
				connection.send(new Ask(1));
				return busy.getCount() == 0;
			});
			assertClosesInTime(server);
			assertThat(this.log.warnings()).contains("WARN event loop is busy, closed later what=connections");
		}
		finally {
			released.set(true);
		}
	}

	@Test
	void theLimitIsNotNegative() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		assertThatIllegalArgumentException().isThrownBy(() -> node.close(Duration.ofMillis(-1)));
	}

	record Ask(int number) {
	}

}
