package io.adaptive.internal.builtin.root;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A root registry with some nodes and watchers, as in the scale test of the full suite,
 * but few of them.
 */
class RootRegistryManyNodesTests {

	private static final int NODES = 20;

	private static final int SERVICES = 10;

	private static final int WATCHERS = 40;

	private final List<SimulatedNode> nodes = new ArrayList<>();

	private final ExecutorService callbacks = Executors.newFixedThreadPool(2);

	@TempDir
	Path directory;

	private AdaptiveNode node;

	private RootRegistry registry;

	@BeforeEach
	void start() throws Exception {
		this.node = AdaptiveNode.builder()
			.providerId(new ProviderId("root"))
			.scopes(Set.of())
			.listen("127.0.0.1", 0)
			.build();
		this.registry = new RootRegistry(new RootRegistrySettings(this.directory),
				(address, expected, token) -> ReachabilityProbe.Outcome.REACHED, this.node.instance(),
				() -> "127.0.0.1", System::nanoTime);
		this.node.newServer().publish(this.registry.service().scopes(Scope.LAN));
		Endpoint.Tcp address = new Endpoint.Tcp("127.0.0.1", this.node.tcpEndpoint().orElseThrow().port());
		Codecs codecs = Codecs.available("fory");
		for (int i = 0; i < NODES; i++) {
			this.nodes.add(new SimulatedNode(i, address, codecs, this.callbacks));
		}
		all(this.nodes.stream().map((each) -> each.register(SERVICES)).toList());
	}

	@AfterEach
	void stop() {
		this.nodes.forEach(SimulatedNode::close);
		this.callbacks.shutdownNow();
		this.node.close();
		this.registry.close();
	}

	private static void all(List<? extends CompletableFuture<?>> futures) throws Exception {
		CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
	}

	private long found(String name) {
		ServicesFound page = this.nodes.get(0)
			.connection()
			.sendRecv(new QueryServices("scale", name, 0), ServicesFound.class);
		assertThat(page.next()).as("the next page").isZero();
		return page.nodes().stream().mapToLong((each) -> each.services().size()).sum();
	}

	@Test
	void allAreFoundAndTheirLeasesRenewed() throws Exception {
		assertThat(found("*")).isEqualTo(NODES * SERVICES);
		assertThat(found("service-7-*")).isEqualTo(SERVICES);
		assertThat(found("service-19-9")).isOne();
		assertThat(found("service-20-0")).isZero();
		all(this.nodes.stream().map(SimulatedNode::renew).toList());
		assertThat(found("*")).isEqualTo(NODES * SERVICES);
	}

	@Test
	void everyWatcherIsToldOnceOfAServiceThatComesAndOnceThatItGoes() throws Exception {
		AtomicInteger begun = new AtomicInteger();
		AtomicInteger told = new AtomicInteger();
		Connection connection = this.nodes.get(1).connection();
		for (int i = 0; i < WATCHERS; i++) {
			MessageStream stream = connection.newStream();
			stream.send(new WatchServices("scale", (i % 2 == 0) ? "watched" : "*".repeat(i) + "watched", 0, 0));
			receive(stream, begun, told);
		}
		Awaitility.await().untilAsserted(() -> assertThat(begun).hasValue(WATCHERS));
		List<String> service = List.of("scale/watched");
		for (int i = 1; i <= 4; i++) {
			int expected = i * WATCHERS;
			boolean appears = i % 2 == 1;
			this.nodes.get(7)
				.change(appears ? service : List.of(), appears ? List.of() : service)
				.get(60, TimeUnit.SECONDS);
			Awaitility.await().untilAsserted(() -> assertThat(told).hasValue(expected));
			assertThat(found("watched")).isEqualTo(appears ? 1 : 0);
		}
	}

	private static void receive(MessageStream stream, AtomicInteger begun, AtomicInteger told) {
		stream.async().recv(RegistryUpdate.class).whenComplete((update, error) -> {
			if (error != null) {
				return;
			}
			if (update.fresh()) {
				begun.incrementAndGet();
			}
			else if (!update.nodes().isEmpty()) {
				told.incrementAndGet();
			}
			receive(stream, begun, told);
		});
	}

}
