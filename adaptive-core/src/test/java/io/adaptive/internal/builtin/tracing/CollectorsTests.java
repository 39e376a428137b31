package io.adaptive.internal.builtin.tracing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.TraceToken;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.trace.MessageTracing;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Collectors}.
 */
@Timeout(60)
class CollectorsTests {

	private static final TraceToken TOKEN = new TraceToken(new UUID(1, 2), 0);

	private static final CollectedTrace PART = new CollectedTrace(TOKEN,
			List.of(new TraceRecord(TOKEN, 1, 0, TraceEvent.HANDLER, Instant.EPOCH, "p", "s/a", "somewhere", "T",
					"text", TraceRecord.Content.MESSAGE, Scope.OS, "p#1", "p#2", 1)),
			0);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private List<CollectedTrace> read(Flux<CollectedTrace> told, Duration timeout) {
		AdaptiveNode collector = this.nodes.node(Scope.PROCESS, Scope.OS);
		collector.newServer()
			.publish(Service.named(MessageTracing.SERVICE).handle(ReadTraces.class, (query) -> told).scopes(Scope.OS));
		AdaptiveNode reader = this.nodes.node(Scope.OS);
		return new Collectors(reader.instance(), reader::newClient, timeout).read(new ReadTraces("all", true));
	}

	@Test
	void whatACollectorToldBeforeItHangsIsRead() {
		long start = System.nanoTime();
		assertThat(read(Flux.just(PART).concatWith(Flux.never()), Duration.ofSeconds(3))).containsExactly(PART);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
	}

	@Test
	void whatACollectorToldBeforeItFailsIsRead() {
		assertThat(read(Flux.just(PART).concatWith(Flux.error(new IllegalStateException("x"))), Collectors.TIMEOUT))
			.containsExactly(PART);
	}

	@Test
	void noMoreIsReadThanACollectorKeeps() {
		assertThat(read(Flux.just(PART).repeat(), Collectors.TIMEOUT)).hasSize(TraceCollector.MAX_RECORDS);
	}

}
