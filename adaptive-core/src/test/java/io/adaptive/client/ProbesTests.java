package io.adaptive.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Probes}.
 */
@Timeout(60)
class ProbesTests {

	@Test
	void aSearchThatIsInterruptedDoesNotWaitForMeasurements() {
		Thread.currentThread().interrupt();
		Probes.awaitUnlessCancelled(new CompletableFuture<>());
		assertThat(Thread.interrupted()).isTrue();
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
