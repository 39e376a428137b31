package io.adaptive.node;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Measurements;
import io.adaptive.client.Selection;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.StoppedClock;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.settings.WorkerKind;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Choosing among instances that are asked how they are.
 */
class SelectionAcrossNodesTests {

	private static final ServiceName SERVICE = new ServiceName("test", "choice");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final Map<Instance, AtomicInteger> connections = new ConcurrentHashMap<>();

	@AfterEach
	void openGate() {
		this.gate.countDown();
	}

	private AdaptiveNode publish() {
		AdaptiveNode node = this.nodes.node((builder) -> builder.workerKind(WorkerKind.PLATFORM), Scope.OS);
		AtomicInteger count = new AtomicInteger();
		this.connections.put(node.instance(), count);
		node.newServer()
			.publish(Service.named(SERVICE)
				.onConnect((connection) -> count.incrementAndGet())
				.handle(Wait.class, (wait) -> {
					this.gate.await(60, TimeUnit.SECONDS);
					return new Done();
				}));
		return node;
	}

	private AdaptiveClient client(Selection selection) {
		return this.nodes.node(Scope.OS).newClient().discoverTimeout(Duration.ofSeconds(20)).selection(selection);
	}

	private void keepBusy(AdaptiveNode node) {
		AdaptiveClient client = client(Selection.random());
		Connection connection = client.connect(client.list(ServicePattern.of(SERVICE))
			.stream()
			.filter((each) -> each.instance().equals(node.instance()))
			.findFirst()
			.orElseThrow());
		for (int i = 0; i < 20; i++) {
			var unused = connection.async().sendRecv(new Wait(), Done.class);
		}
		Awaitility.await().until(() -> node.workers().busy() >= 5);
	}

	@Test
	void theInstanceWithTheFreerWorkersIsChosen() {
		AdaptiveNode busy = publish();
		AdaptiveNode idle = publish();
		keepBusy(busy);
		List<Instance> chosen = new CopyOnWriteArrayList<>();
		AdaptiveClient client = client((candidates, measurements) -> {
			Map<ServiceInstance, Double> scores = measurements.capacity(candidates);
			List<ServiceInstance> order = Selection.capacity().order(candidates, new Scores(scores, measurements));
			// An instance that takes a second to answer, as on a busy machine, has no
			// score.
			if (scores.size() == 2) {
				chosen.add(order.get(0).instance());
			}
			return order;
		});
		// One that took 250 ms to connect comes last for a while, whatever its score.
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> discover(client).equals(idle.instance()) && chosen.size() >= 5);
		assertThat(chosen).containsOnly(idle.instance());
	}

	private static Instance discover(AdaptiveClient client) {
		try (Connection connection = client.discover(SERVICE)) {
			return connection.info().peer();
		}
	}

	/**
	 * Scores that have been measured already.
	 */
	private record Scores(Map<ServiceInstance, Double> scores, Measurements others) implements Measurements {

		@Override
		public Map<ServiceInstance, Double> capacity(Iterable<ServiceInstance> instances) {
			return this.scores;
		}

		@Override
		public Map<ServiceInstance, Duration> latency(Iterable<ServiceInstance> instances) {
			return this.others.latency(instances);
		}

		@Override
		public int load(ServiceInstance instance) {
			return this.others.load(instance);
		}

		@Override
		public Duration age(ServiceInstance instance) {
			return this.others.age(instance);
		}

	}

	@Test
	void probingUsesTheConnectionThatIsOpen() {
		AdaptiveNode first = publish();
		AdaptiveNode second = publish();
		AdaptiveClient client = client(Selection.latency());
		Set<Instance> reached = new HashSet<>();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			reached.add(client.discover(SERVICE).info().peer());
			return reached.size() == 2;
		});
		// Hooks run on workers.
		Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> count(first) > 0 && count(second) > 0);
		int before = count(first) + count(second);
		client.discover(SERVICE);
		Awaitility.await().untilAsserted(() -> assertThat(count(first) + count(second)).isEqualTo(before + 1));
	}

	private int count(AdaptiveNode node) {
		return this.connections.get(node.instance()).get();
	}

	@Test
	void turnsAreTaken() {
		Set<Instance> instances = Set.of(publish().instance(), publish().instance(), publish().instance());
		AdaptiveClient client = client(Selection.roundRobin());
		for (int round = 0; round < 3; round++) {
			// An instance that takes 250 ms to answer has a turn that another one uses.
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				Set<Instance> reached = new HashSet<>();
				for (int i = 0; i < 3; i++) {
					reached.add(client.discover(SERVICE).info().peer());
				}
				assertThat(reached).isEqualTo(instances);
			});
		}
	}

	@Test
	void powerOfTwoChoicesSpreadsConnections() {
		AdaptiveNode first = publish();
		AdaptiveNode second = publish();
		// None is passed over because a cold program was slow to connect to it.
		AdaptiveClient client = this.nodes.node((builder) -> builder.discoveryClock(new StoppedClock()), Scope.OS)
			.newClient()
			.selection(Selection.powerOfTwoChoices());
		for (int i = 0; i < 10; i++) {
			client.discover(SERVICE);
		}
		Awaitility.await().untilAsserted(() -> {
			assertThat(count(first)).isEqualTo(5);
			assertThat(count(second)).isEqualTo(5);
		});
	}

	@SlowTest
	@Test
	void anInstanceThatDoesNotAnswerIsNotChosen() {
		AdaptiveNode gone = publish();
		AdaptiveNode here = publish();
		AdaptiveClient client = client(Selection.capacity().thenLatency());
		gone.close();
		try (Connection connection = client.discover(SERVICE)) {
			assertThat(connection.info().peer()).isEqualTo(here.instance());
		}
	}

	record Wait() {
	}

	record Done() {
	}

}
