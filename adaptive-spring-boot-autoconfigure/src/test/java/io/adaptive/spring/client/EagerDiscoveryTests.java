package io.adaptive.spring.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.ServicePattern;
import io.adaptive.stream.CallSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EagerDiscovery}.
 */
@ExtendWith(OutputCaptureExtension.class)
class EagerDiscoveryTests {

	private static final ClientSettings SETTINGS = new ClientSettings(new ServicePattern("example", "searched"),
			Set.of(), Set.of(), "", null, CallSettings.DEFAULT, null, ClientSettings.Start.AWAITED);

	@Test
	void aSearchGoesOnWhateverAnAttemptThrows(CapturedOutput output) throws Exception {
		CountDownLatch attempts = new CountDownLatch(2);
		try (EagerDiscovery discovery = new EagerDiscovery()) {
			discovery.newSearch(SETTINGS).whenStarted(() -> {
				attempts.countDown();
				throw new UnsupportedOperationException("a selection of the user");
			});
			discovery.start();
			assertThat(attempts.await(30, TimeUnit.SECONDS)).isTrue();
		}
		awaitEnd();
		assertThat(output).containsOnlyOnce("not found yet service=example/searched");
	}

	@Test
	void aSearchThatTheApplicationEndsIsNotReported(CapturedOutput output) throws Exception {
		CountDownLatch attempting = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		try (EagerDiscovery discovery = new EagerDiscovery()) {
			discovery.newSearch(SETTINGS).whenStarted(() -> {
				attempting.countDown();
				awaitUnchecked(closed);
				throw new IllegalStateException("Closed while waiting");
			});
			discovery.start();
			assertThat(attempting.await(30, TimeUnit.SECONDS)).isTrue();
		}
		closed.countDown();
		awaitEnd();
		assertThat(output).doesNotContain("Closed while waiting");
	}

	private static void awaitUnchecked(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void awaitEnd() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("adaptive-eager-example/searched")));
	}

}
