package io.adaptive.internal.transport;

import java.util.concurrent.CompletableFuture;

import io.adaptive.fixture.SlowTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link TcpLinkTests} where there are no native sockets.
 */
@SlowTest
class JdkTcpLinkTests extends TcpLinkTests {

	@BeforeAll
	static void startTransports() {
		startTransports(false);
	}

	@Test
	void theEventLoopsAreThoseOfTheJdk() {
		CompletableFuture<String> accepting = new CompletableFuture<>();
		startListening((link) -> {
			accepting.complete(Thread.currentThread().getName());
			return new RecordingReceiver();
		});
		dial((link) -> new RecordingReceiver()).join().close(DONE);
		assertThat(accepting.join()).contains("-nio-");
	}

}
