package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;

import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.WorkerKind;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What nodes of one process space have together.
 */
class SharedThreadsTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private static Service echo(ServiceName name) {
		return Service.named(name).handle(Ask.class, (ask) -> ask);
	}

	/** A node that publishes, watches, and calls itself over a socket. */
	private AdaptiveNode busyNode(String name) {
		AdaptiveNode node = this.nodes.node((builder) -> builder.workerKind(WorkerKind.PLATFORM), Scope.OS);
		ServiceName service = new ServiceName("test", name);
		node.newServer().publish(echo(service));
		node.newClient().watch(ServicePattern.ALL, (event) -> {
		});
		Connection connection = node.newClient().discoverTimeout(LONG).discover(service);
		call(connection);
		return node;
	}

	private static void call(Connection connection) {
		assertThat(connection.sendRecv(new Ask(1), Ask.class)).isEqualTo(new Ask(1));
	}

	private static Set<String> threads() {
		return OpenResources.now().threads();
	}

	/** Threads for what has just been done end by themselves. */
	private static int threadsAtRest() {
		Awaitility.await()
			.atMost(LONG)
			.until(() -> threads().stream()
				.noneMatch((name) -> name.startsWith("adaptive-worker-watch") || name.startsWith("adaptive-warm-up")));
		return threads().size();
	}

	private static void awaitNoMoreThan(Set<String> before) {
		Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(before).containsAll(threads()));
	}

	@Test
	@SlowTest
	void anotherNodeCostsTwoThreadsAtMost() {
		AdaptiveNode first = busyNode("first");
		assertThat(first.instance()).isNotNull();
		int before = threadsAtRest();
		long start = System.nanoTime();
		AdaptiveNode second = busyNode("second");
		Duration taken = Duration.ofNanos(System.nanoTime() - start);
		int more = threadsAtRest() - before;
		System.out.printf("another node: %s ms, %s threads%n", taken.toMillis(), more);
		assertThat(more).isLessThanOrEqualTo(2);
		assertThat(second.instance()).isNotNull();
	}

	@Test
	void whatIsSharedOutlivesTheFirstNodeAndEndsWithTheLast() {
		Set<String> before = threads();
		AdaptiveNode first = busyNode("first");
		AdaptiveNode server = this.nodes.node((builder) -> builder.listen(0), Scope.OS);
		server.newServer().publish(echo(new ServiceName("test", "stays")));
		AdaptiveNode client = this.nodes.node(Scope.OS);
		Connection local = client.newClient().discoverTimeout(LONG).discover(new ServiceName("test", "stays"));
		Endpoint.Tcp address = server.tcpEndpoint().orElseThrow();
		Connection tcp = client.newClient()
			.connect(new Endpoint.Tcp("localhost", address.port()), new ServiceName("test", "stays"));
		first.close();
		call(local);
		call(tcp);
		server.close();
		Awaitility.await().atMost(LONG).until(() -> !local.isOpen() && !tcp.isOpen());
		client.close();
		awaitNoMoreThan(before);
	}

	/**
	 * A host ends a program when no thread of its thread group is left.
	 */
	@Test
	void whatIsSharedBelongsToNoProgram() throws Exception {
		ThreadGroup program = new ThreadGroup("program");
		ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {
		};
		FutureTask<AdaptiveNode> started = new FutureTask<>(() -> busyNode("first"));
		Thread main = new Thread(program, started, "main of the program");
		main.setContextClassLoader(loader);
		main.start();
		assertThat(started).succeedsWithin(LONG);
		AdaptiveNode other = busyNode("other");
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> thread.getThreadGroup() == program || thread.getContextClassLoader() == loader)
				.extracting(Thread::getName)
				.allMatch((name) -> name.startsWith("adaptive-worker") || name.startsWith("adaptive-callback")));
		started.get().close();
		Awaitility.await().atMost(LONG).until(() -> program.activeCount() == 0);
		assertThat(other.view().services()).isNotEmpty();
	}

	@Test
	void handlersOnSharedEventLoopsHaveTheClassLoaderOfTheirProgram() throws Exception {
		busyNode("other");
		ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {
		};
		ServiceName service = new ServiceName("test", "loaders");
		Set<ClassLoader> seen = ConcurrentHashMap.newKeySet();
		FutureTask<Publication> published = new FutureTask<>(() -> {
			AdaptiveNode node = this.nodes.node(Scope.OS);
			return node.newServer().publish(Service.named(service).handle(Ask.class, (ask) -> {
				if (Thread.currentThread().getName().startsWith("adaptive-io")) {
					seen.add(Thread.currentThread().getContextClassLoader());
				}
				return ask;
			}).options(Ask.class, HandlerOptions.DEFAULT.asNonBlocking()));
		});
		Thread program = new Thread(published, "main of the program");
		program.setContextClassLoader(loader);
		program.start();
		assertThat(published).succeedsWithin(LONG);
		Connection connection = this.nodes.node(Scope.OS).newClient().discoverTimeout(LONG).discover(service);
		Awaitility.await().atMost(LONG).until(() -> {
			call(connection);
			return !seen.isEmpty();
		});
		assertThat(seen).containsExactly(loader);
	}

	/** A caller in the same program lends its thread to a non-blocking handler. */
	@Test
	void aLentThreadKeepsItsClassLoaderWhateverTheHandlerSets() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		ServiceName service = new ServiceName("test", "sets-a-loader");
		Set<Thread> ran = ConcurrentHashMap.newKeySet();
		ClassLoader other = new ClassLoader(getClass().getClassLoader()) {
		};
		node.newServer().publish(Service.named(service).handle(Ask.class, (ask) -> {
			ran.add(Thread.currentThread());
			Thread.currentThread().setContextClassLoader(other);
			return ask;
		}).options(Ask.class, HandlerOptions.DEFAULT.asNonBlocking()));
		ClassLoader own = Thread.currentThread().getContextClassLoader();
		Connection connection = node.newClient().discoverTimeout(LONG).discover(service);
		try {
			Awaitility.await().pollInSameThread().atMost(LONG).until(() -> {
				call(connection);
				return ran.contains(Thread.currentThread());
			});
			assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own);
		}
		finally {
			Thread.currentThread().setContextClassLoader(own);
		}
	}

	@Test
	@SlowTest
	void aHundredRoundsLeaveNoThread() {
		Set<String> before = threads();
		for (int round = 0; round < 100; round++) {
			List<AdaptiveNode> both = new ArrayList<>(List.of(busyNode("one" + round), busyNode("two" + round)));
			both.remove(round % 2).close();
			both.get(0).close();
		}
		awaitNoMoreThan(before);
	}

	record Ask(int number) {
	}

}
