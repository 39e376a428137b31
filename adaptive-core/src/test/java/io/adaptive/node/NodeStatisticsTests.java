package io.adaptive.node;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Priority;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.status.QueueListener;
import io.adaptive.status.TrafficStatistics;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a node counts.
 */
class NodeStatisticsTests {

	private static final ServiceName SERVICE = new ServiceName("test", "counted");

	private static final ServiceName NOBODY = new ServiceName("test", "nobody");

	private static final int CALLS = 100;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private static TrafficStatistics traffic(AdaptiveNode node, Scope scope) {
		return node.statistics().traffic().get(scope);
	}

	private static Service echo() {
		return Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.text()));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatGoesThroughConnectionsIsCountedAtBothEndsInItsScopeOnly(Scope scope) {
		AdaptiveNode server = this.nodes.node(scope);
		AdaptiveNode client = this.nodes.node((scope == Scope.LAN) ? Scope.PROCESS : scope);
		server.newServer().publish(echo());
		try (Connection connection = this.nodes.connect(client, scope, SERVICE);
				MessageStream stream = connection.newStream()) {
			for (int i = 0; i < CALLS; i++) {
				stream.sendRecv(new Ask("x".repeat(100)), Answer.class);
			}
			TrafficStatistics out = traffic(client, scope);
			TrafficStatistics in = traffic(server, scope);
			assertThat(out.framesOut()).isGreaterThanOrEqualTo(CALLS).isLessThan(3 * CALLS);
			assertThat(in.framesOut()).isGreaterThanOrEqualTo(CALLS).isLessThan(3 * CALLS);
			assertThat(out.clientConnections()).isOne();
			assertThat(out.streams()).isEqualTo(2);
			assertThat(in.serverConnections()).isOne();
			assertThat(out.serverConnections() + in.clientConnections()).isZero();
			long leastBytes = (scope == Scope.PROCESS) ? 0 : CALLS * 100;
			assertThat(out.bytesOut()).isGreaterThanOrEqualTo(leastBytes);
			assertThat(in.bytesOut()).isGreaterThanOrEqualTo(leastBytes);
		}
		Awaitility.await().untilAsserted(() -> assertThatAllHasArrived(traffic(client, scope), traffic(server, scope)));
		for (Scope other : Scope.values()) {
			if (other != scope) {
				assertThat(traffic(client, other)).isEqualTo(new TrafficStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
			}
		}
	}

	private static void assertThatAllHasArrived(TrafficStatistics client, TrafficStatistics server) {
		assertThat(server.framesIn()).isEqualTo(client.framesOut());
		assertThat(server.bytesIn()).isEqualTo(client.bytesOut());
		assertThat(client.framesIn()).isEqualTo(server.framesOut());
		assertThat(client.bytesIn()).isEqualTo(server.bytesOut());
		assertThat(client.clientConnections() + server.serverConnections()).isZero();
		assertThat(client.streams() + server.streams()).isZero();
	}

	@Test
	void whatANodeHandsToItselfComesInWhereItGoesOut() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		node.newServer().publish(echo());
		try (Connection connection = this.nodes.connect(node, Scope.PROCESS, SERVICE)) {
			connection.sendRecv(new Ask("me"), Answer.class);
			TrafficStatistics both = traffic(node, Scope.PROCESS);
			assertThat(both.framesIn()).isGreaterThanOrEqualTo(2).isEqualTo(both.framesOut());
			assertThat(both.clientConnections()).isOne();
			assertThat(both.serverConnections()).isOne();
			assertThat(both.streams()).isEqualTo(2);
		}
		assertThat(traffic(node, Scope.PROCESS).streams()).isZero();
	}

	@Test
	void aMessageThatWaitsForCreditIsAStallUntilItLeavesOrIsGivenUp() {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		AdaptiveNode client = this.nodes.node(Scope.OS);
		CountDownLatch release = new CountDownLatch(1);
		server.newServer().publish(Service.named(SERVICE).ordered().handle(Ask.class, (ask) -> {
			release.await();
			return null;
		}));
		Connection connection = this.nodes.connect(client, Scope.OS, SERVICE);
		CallSettings briefly = CallSettings.DEFAULT.timeout(Duration.ofMillis(50));
		Ask large = new Ask("x".repeat(100_000));
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> {
			for (int i = 0; i < 10_000; i++) {
				connection.send(large, briefly);
			}
		}).withMessageContaining("credit");
		// Some more while the credit of the connection grew.
		TrafficStatistics stalled = traffic(client, Scope.OS);
		assertThat(stalled.stalls()).isPositive();
		assertThat(stalled.stalled()).isZero();
		assertThat(Duration.ofNanos(stalled.stallNanos())).isGreaterThanOrEqualTo(Duration.ofMillis(50));
		// What the connection was granted since then is used up by the first ones.
		Awaitility.await().pollDelay(Duration.ZERO).until(() -> {
			connection.async().send(large);
			return traffic(client, Scope.OS).stalled() == 1;
		});
		release.countDown();
		Awaitility.await().until(() -> traffic(client, Scope.OS).stalled() == 0);
	}

	@Test
	void lookupsAreCountedByScopeAndOutcome() {
		AdaptiveNode server = this.nodes.node(Scope.PROCESS, Scope.OS);
		AdaptiveNode client = this.nodes.node(Scope.PROCESS, Scope.OS);
		server.newServer().publish(echo());
		AdaptiveClient searching = client.newClient();
		searching.discover(SERVICE);
		searching.scopes(Scope.OS).discover(SERVICE);
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> searching.discoverTimeout(Duration.ZERO).discover(NOBODY));
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> searching.discoverTimeout(Duration.ofMillis(10)).discover(NOBODY));
		assertThat(client.statistics().lookups()).satisfies((lookups) -> {
			assertThat(lookups.found()).containsEntry(Scope.PROCESS, 1L)
				.containsEntry(Scope.OS, 1L)
				.containsEntry(Scope.LAN, 0L);
			assertThat(lookups.notThere()).isOne();
			assertThat(lookups.timedOut()).isOne();
			assertThat(lookups.waiting()).isZero();
		});
	}

	@Test
	void aLookupThatWaitsIsSeenAndCountsAsStoppedWhenItsNodeCloses() {
		AdaptiveNode client = this.nodes.node(Scope.PROCESS);
		Connection lazy = client.newClient().lazy(NOBODY);
		lazy.async().send(new Ask("anybody?"));
		Awaitility.await().until(() -> client.statistics().lookups().waiting() == 1);
		client.close();
		Awaitility.await().untilAsserted(() -> {
			assertThat(client.statistics().lookups().waiting()).isZero();
			assertThat(client.statistics().lookups().stopped()).isOne();
		});
	}

	@Test
	void aConnectionThatLeadsToAnInstanceAgainHasHealed() {
		AdaptiveNode client = this.nodes.node(Scope.PROCESS);
		AdaptiveNode server = this.nodes.node(Scope.PROCESS);
		Publication first = server.newServer().publish(echo());
		try (Connection connection = client.newClient().discoverTimeout(Duration.ofMillis(10)).lazy(SERVICE)) {
			awaitAnswer(connection);
			long before = client.statistics().lookups().healed();
			first.close();
			assertThatExceptionOfType(AdaptiveException.class)
				.isThrownBy(() -> connection.sendRecv(new Ask("2"), Answer.class));
			assertThat(client.statistics().lookups().healed()).isEqualTo(before);
			assertThat(client.statistics().lookups().notHealed()).isPositive();
			server.newServer().publish(echo());
			awaitAnswer(connection);
			assertThat(client.statistics().lookups().healed()).isEqualTo(before + 1);
		}
	}

	/**
	 * A discover time-out of ten milliseconds may be too short on a busy machine.
	 */
	private static void awaitAnswer(Connection connection) {
		Awaitility.await()
			.ignoreExceptionsInstanceOf(ServiceNotFoundException.class)
			.until(() -> connection.sendRecv(new Ask("again"), Answer.class) != null);
	}

	@Test
	void whatWaitsForAWorkerIsCountedByPriorityAndItsWaitIsTold() throws Exception {
		AdaptiveNode node = this.nodes.node(
				(builder) -> builder.residentWorkers(1).scaleFactors(ScaleFactors.DEFAULT.withQueueWeight(-1)),
				Scope.PROCESS);
		Queue<Priority> waited = new ConcurrentLinkedQueue<>();
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch taken = new CountDownLatch(1);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> {
			taken.countDown();
			release.await();
			return new Answer(ask.text());
		}));
		Connection connection = this.nodes.connect(node, Scope.PROCESS, SERVICE);
		connection.async().sendRecv(new Ask("busy"), Answer.class);
		taken.await();
		node.queueListener((priority, nanos) -> waited.add(priority));
		for (Priority priority : Priority.values()) {
			connection.async().sendRecv(new Ask("waits"), Answer.class, CallSettings.DEFAULT.priority(priority));
		}
		assertThat(node.statistics().queue().waiting()).containsOnly(Map.entry(Priority.HIGH, 1),
				Map.entry(Priority.NORMAL, 1), Map.entry(Priority.LOW, 1));
		release.countDown();
		Awaitility.await()
			.untilAsserted(() -> assertThat(waited).contains(Priority.HIGH, Priority.NORMAL, Priority.LOW));
		Awaitility.await()
			.untilAsserted(() -> assertThat(node.statistics().queue().waiting().values()).containsOnly(0));
		node.queueListener(QueueListener.NOBODY);
	}

	@Test
	void whatIsShedIsCounted() throws Exception {
		AdaptiveNode node = this.nodes.node((builder) -> builder.shedding(true)
			.residentWorkers(1)
			.scaleFactors(ScaleFactors.DEFAULT.withQueueWeight(-1).withQueueSizePerCore(1)), Scope.PROCESS);
		CountDownLatch taken = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> {
			taken.countDown();
			release.await();
			return new Answer(ask.text());
		}));
		Connection connection = this.nodes.connect(node, Scope.PROCESS, SERVICE);
		connection.async().sendRecv(new Ask("busy"), Answer.class);
		taken.await();
		for (int i = 0; i < node.statistics().queue().size(); i++) {
			connection.async().sendRecv(new Ask("waits"), Answer.class);
		}
		assertThat(node.statistics().queue().shed()).isZero();
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> connection.sendRecv(new Ask("too many"), Answer.class))
			.satisfies((shed) -> assertThat(shed.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
		assertThat(node.statistics().queue().shed()).isOne();
		release.countDown();
	}

	@Test
	void aNodeThatIsNeitherRegistryNorProxyHasNoNumbersOfOne() {
		NodeStatistics statistics = this.nodes.node(Scope.PROCESS).statistics();
		assertThat(statistics.rootRegistry()).isEmpty();
		assertThat(statistics.relaying()).isEmpty();
		assertThat(statistics.leases().held()).isZero();
	}

	record Ask(String text) {
	}

	record Answer(String text) {
	}

}
