package io.adaptive.internal.builtin.tracing;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.TraceToken;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@link TraceForwarder}.
 */
@Timeout(60)
class TraceForwarderTests {

	private static final int CAPACITY = 2048;

	private static final Duration FLUSH = Duration.ofSeconds(30);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private static void offer(TraceForwarder forwarder, int count) {
		for (int i = 0; i < count; i++) {
			forwarder
				.offer(new TraceRecord(new TraceToken(new UUID(1, 2), i), i, 0, TraceEvent.CLIENT_SEND, Instant.EPOCH,
						"p", "s/a", "somewhere", "T", "text", TraceRecord.Content.MESSAGE, Scope.OS, "p#1", "p#2", i));
		}
	}

	private AdaptiveNode publishingNode() {
		AdaptiveNode node = this.nodes.node(Scope.OS);
		node.newServer().publish(Service.named("some", "service").handle(Integer.class, (number) -> number));
		return node;
	}

	@Test
	void recordsWaitForACollectorAndReachItWhenItComes() {
		AdaptiveNode client = this.nodes.node(Scope.OS);
		try (TraceForwarder forwarder = new TraceForwarder(client::newClient, FLUSH)) {
			offer(forwarder, 500);
			forwarder.flush(FLUSH);
			AdaptiveNode collector = publishingNode();
			await().atMost(Duration.ofSeconds(50))
				.untilAsserted(() -> assertThat(collector.tracing().statistics().sessions()).isEqualTo(500));
			assertThat(forwarder.dropped()).isZero();
		}
	}

	@Test
	void whileNoCollectorIsThereTheNewestAreLostAndCountedAndNobodyWaits() {
		AdaptiveNode client = this.nodes.node(Scope.OS);
		TraceForwarder forwarder = new TraceForwarder(client::newClient, FLUSH);
		offer(forwarder, 1);
		forwarder.flush(FLUSH);
		long start = System.nanoTime();
		offer(forwarder, 100_000);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
		assertThat(forwarder.dropped()).isBetween(100_000L - CAPACITY - RecordTraces.MAX_RECORDS, 100_000L - CAPACITY);
		forwarder.close();
		assertThat(forwarder.dropped()).as("what was left at the end is lost, too").isEqualTo(100_001);
		offer(forwarder, 1);
		assertThat(forwarder.dropped()).isEqualTo(100_002);
	}

	@Test
	void whatIsLeftIsForwardedAtTheEnd() {
		AdaptiveNode collector = publishingNode();
		AdaptiveNode client = this.nodes.node(Scope.OS);
		TraceForwarder forwarder = new TraceForwarder(client::newClient, FLUSH);
		offer(forwarder, 300);
		forwarder.close();
		assertThat(collector.tracing().statistics().sessions()).isEqualTo(300);
		assertThat(forwarder.dropped()).isZero();
	}

}
