package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.proxy.RelayQuery;
import io.adaptive.internal.proxy.ReverseProxy;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.EchoProgram.Ball;
import io.adaptive.node.EchoProgram.Well;
import io.adaptive.server.Service;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.status.RelayStatistics;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proxy, provider and client in processes of their own, of which one is killed.
 */
class RelayedProcessesTests {

	private static final ServiceName SERVICE = new ServiceName("test", "echo");

	private static final int CALLS = 200;

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private final List<ChildJvm> programs = new ArrayList<>();

	@AfterEach
	void stop() {
		this.programs.forEach(ChildJvm::close);
	}

	private ChildJvm start(Object... arguments) {
		ChildJvm program = ChildJvm.start(RelayProgram.class, arguments);
		this.programs.add(program);
		return program;
	}

	private static Endpoint.Tcp endpoint(ChildJvm program) {
		String line = program.awaitLine(RelayProgram.UP).text();
		int port = Integer.parseInt(line.substring(line.indexOf(RelayProgram.UP) + RelayProgram.UP.length()).strip());
		return new Endpoint.Tcp("127.0.0.1", port);
	}

	/**
	 * Has calls in flight, kills, and tells what became of the calls. The goal is a
	 * second.
	 */
	private static Map<Delivery, Integer> killDuringCalls(Connection connection, ChildJvm victim) throws Exception {
		CountDownLatch ended = new CountDownLatch(CALLS);
		Map<Delivery, Integer> lost = new EnumMap<>(Delivery.class);
		for (int i = 0; i < CALLS; i++) {
			connection.async().sendRecv(new Well(), Ball.class).whenComplete((ball, error) -> {
				Throwable cause = (error instanceof CompletionException) ? error.getCause() : error;
				if (cause instanceof ConnectionLostException ex) {
					synchronized (lost) {
						lost.merge(ex.delivery(), 1, Integer::sum);
					}
				}
				ended.countDown();
			});
		}
		Awaitility.await()
			.atMost(LONG)
			.until(() -> connection.sendRecv(new WorkerQuery(), WorkerStatistics.class).busy() >= CALLS);
		victim.kill();
		assertThat(ended.await(50, TimeUnit.SECONDS)).as("all calls have ended").isTrue();
		return lost;
	}

	@SlowTest
	@Test
	void aKilledProviderOrProxyIsToTheClientWhatAKilledServerIs() throws Exception {
		AdaptiveNode client = this.nodes.node(Scope.PROCESS);
		ChildJvm direct = start("server-direct");
		Map<Delivery, Integer> expected = killDuringCalls(client.newClient().connect(endpoint(direct), SERVICE),
				direct);
		assertThat(expected).containsExactly(Map.entry(Delivery.UNKNOWN, CALLS));
		ChildJvm proxy = start("proxy");
		int proxyPort = endpoint(proxy).port();
		for (int i = 0; i < 2; i++) {
			ChildJvm provider = start("server", proxyPort);
			Connection relayed = client.newClient().connect(endpoint(provider), SERVICE);
			assertThat(killDuringCalls(relayed, (i == 0) ? provider : proxy)).isEqualTo(expected);
		}
	}

	@SlowTest
	@Test
	void aKilledProviderLosesItsPortAtOnce() {
		AdaptiveNode proxy = this.nodes.node((builder) -> builder.reverseProxy(ReverseProxySettings.DEFAULT),
				Scope.LAN);
		ChildJvm provider = start("server", proxy.tcpEndpoint().orElseThrow().port());
		Endpoint.Tcp relayed = endpoint(provider);
		AdaptiveNode client = this.nodes.node(Scope.PROCESS);
		assertThat(client.newClient().connect(relayed, SERVICE).isOpen()).isTrue();
		Connection control = client.newClient().connect(proxy.tcpEndpoint().orElseThrow(), ReverseProxy.SERVICE);
		assertThat(control.sendRecv(new RelayQuery(), RelayStatistics.class))
			.isEqualTo(new RelayStatistics(1, 1, 0, 0));
		provider.kill();
		Awaitility.await()
			.atMost(Duration.ofSeconds(50))
			.untilAsserted(() -> assertThat(control.sendRecv(new RelayQuery(), RelayStatistics.class))
				.isEqualTo(new RelayStatistics(0, 0, 0, 0)));
	}

	@SlowTest
	@Test
	void aKilledClientIsGoneAtTheProxyAndAtTheProvider() {
		AdaptiveNode proxy = this.nodes.node((builder) -> builder.reverseProxy(ReverseProxySettings.DEFAULT),
				Scope.LAN);
		Endpoint.Tcp address = proxy.tcpEndpoint().orElseThrow();
		AdaptiveNode provider = this.nodes.node((builder) -> builder.relayedBy(address.host(), address.port()),
				Scope.LAN);
		CompletableFuture<String> lost = new CompletableFuture<>();
		CountDownLatch called = new CountDownLatch(CALLS);
		provider.newServer().publish(Service.named(SERVICE).handle(Well.class, (well) -> {
			called.countDown();
			return new CompletableFuture<>();
		}).onDisconnect((info, cause) -> lost.complete(cause.message())));
		Awaitility.await().atMost(LONG).until(() -> provider.relayedEndpoint().isPresent());
		ChildJvm client = start("client", provider.relayedEndpoint().orElseThrow().address().port(), CALLS);
		Awaitility.await().atMost(LONG).until(() -> called.getCount() == 0);
		client.kill();
		assertThat(lost).succeedsWithin(Duration.ofSeconds(10));
		Connection control = this.nodes.node(Scope.PROCESS).newClient().connect(address, ReverseProxy.SERVICE);
		Awaitility.await()
			.atMost(Duration.ofSeconds(50))
			.until(() -> control.sendRecv(new RelayQuery(), RelayStatistics.class).connections() == 0);
	}

}
