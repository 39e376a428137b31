package io.adaptive.stress.memory;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that come and go leave nothing behind.
 */
@DisabledIfEnvironmentVariable(named = "ADAPTIVE_SLICE", matches = "(?!attacks$|all$).+",
		disabledReason = "runs with ADAPTIVE_SLICE=attacks")
class ManyConnectionsTests {

	private static final ServiceName ECHO = new ServiceName("stress", "echo");

	private static final int THREADS = 4;

	private static final int WARM_UP = 1_000;

	private static final int CONNECTIONS = 10_000;

	/** Less than half a kilobyte for each connection. */
	private static final long HEAP_NOISE = 4 << 20;

	/**
	 * Threads keep chunks of 128 KB at hand; the smallest buffer of each connection would
	 * be more.
	 */
	private static final long POOL_NOISE = 1 << 20;

	@TempDir
	Path sockets;

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void tenThousandConnectionsLeaveNothingBehind(Scope scope) throws Exception {
		AtomicInteger open = new AtomicInteger();
		Service echo = Service.named(ECHO)
			.handle(Text.class, (text) -> text)
			.onConnect((connection) -> open.incrementAndGet())
			.onDisconnect((connection, cause) -> open.decrementAndGet());
		try (TwoNodes nodes = new TwoNodes(scope, this.sockets)) {
			nodes.connect(echo).close();
			openAndClose(nodes, WARM_UP);
			awaitZero(open);
			OpenResources resourcesBefore = OpenResources.now();
			Memory before = Memory.now();
			openAndClose(nodes, CONNECTIONS);
			awaitZero(open);
			OpenResources resourcesAfter = awaitNoMoreThan(resourcesBefore);
			Memory after = Memory.now();
			System.out.printf("%,d connections %s: before %s, %s; after %s, %s%n", CONNECTIONS, scope, before,
					counts(resourcesBefore), after, counts(resourcesAfter));
			assertThat(after.pooledDirect()).isLessThan(before.pooledDirect() + POOL_NOISE);
			assertThat(after.pooledHeap()).isLessThan(before.pooledHeap() + POOL_NOISE);
			assertThat(after.heap()).isLessThan(before.heap() + HEAP_NOISE);
		}
	}

	private static void openAndClose(TwoNodes nodes, int connections) throws Exception {
		ParallelThreads.run(THREADS, (thread) -> {
			for (int i = 0; i < connections / THREADS; i++) {
				try (Connection connection = nodes.client().newClient().discover(ECHO)) {
					assertThat(connection.sendRecv(new Text("x"), Text.class)).isEqualTo(new Text("x"));
				}
			}
		});
	}

	/**
	 * Workers come and go, so it is their number that counts.
	 */
	private static OpenResources awaitNoMoreThan(OpenResources before) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(OpenResources::now, (now) -> now.descriptors() <= before.descriptors()
					&& now.threads().size() <= before.threads().size());
	}

	private static String counts(OpenResources resources) {
		return "%d descriptors, %d threads".formatted(resources.descriptors(), resources.threads().size());
	}

	private static void awaitZero(AtomicInteger open) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> open.get() == 0);
	}

	record Text(String text) {
	}

	/**
	 * What is in use.
	 *
	 * @param pooledDirect the allocator's memory outside of the heap, in bytes
	 * @param pooledHeap the allocator's memory in the heap, in bytes
	 * @param heap what is left in the heap after a collection, in bytes
	 */
	private record Memory(long pooledDirect, long pooledHeap, long heap) {

		static Memory now() {
			ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
			System.gc();
			return new Memory(metric.usedDirectMemory(), metric.usedHeapMemory(),
					ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}

		@Override
		public String toString() {
			return "pooled %,d direct, %,d heap, %,d live in the heap".formatted(this.pooledDirect, this.pooledHeap,
					this.heap);
		}

	}

}
