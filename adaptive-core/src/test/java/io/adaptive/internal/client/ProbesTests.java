package io.adaptive.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Probes}.
 */
@Timeout(60)
class ProbesTests {

	private static final ServiceName SERVICE = new ServiceName("test", "probed");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@Test
	void aSearchThatIsInterruptedDoesNotWaitForMeasurements() {
		Thread.currentThread().interrupt();
		Probes.awaitUnlessCancelled(new CompletableFuture<>());
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void measuringEndsWithItsSearch() throws InterruptedException {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		node.newServer().publish(Service.named(SERVICE).handle(String.class, (text) -> text));
		AdaptiveClient client = node.newClient();
		Connection open = client.discover(SERVICE);
		Probes probes = new Probes(((DiscoveringClient) client).search().connector(), System::nanoTime);
		CountDownLatch measuring = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		Thread search = new Thread(() -> probes.measure(client.list(ServicePattern.of(SERVICE)), (connection) -> {
			measuring.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return 1;
		}));
		search.start();
		assertThat(measuring.await(30, TimeUnit.SECONDS)).isTrue();
		search.interrupt();
		search.join();
		assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
		open.close();
	}

	@Test
	void whatFailsOtherwiseIsThrown() {
		Probes.awaitUnlessCancelled(CompletableFuture.completedFuture(1));
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(
					() -> Probes.awaitUnlessCancelled(CompletableFuture.failedFuture(new IllegalStateException("x"))))
			.withCauseInstanceOf(IllegalStateException.class);
	}

}
