package io.adaptive.internal.builtin.root;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.scope.wan.Registries;
import io.adaptive.internal.transport.LocalAddress;
import io.adaptive.internal.transport.OwnAddresses;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.LinkSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node does about its root registries when the addresses of its machine change.
 */
class ChangedAddressesTests {

	private static final ServiceName SERVICE = new ServiceName("test", "far");

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final long HOUR = Duration.ofHours(1).toMillis();

	@RegisterExtension
	final TestNodes nodes = new TestNodes();

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	private final List<RegisterNode> registered = new CopyOnWriteArrayList<>();

	private volatile String host = "192.0.2.1";

	private OwnAddresses addresses;

	@BeforeEach
	void watchAddresses() {
		this.addresses = new OwnAddresses(
				() -> Set
					.of(new LocalAddress("interface", InetAddress.getLoopbackAddress(), this.host.hashCode(), true)),
				Duration.ofMillis(20));
		this.open.push(this.addresses);
	}

	@AfterEach
	void close() throws Exception {
		while (!this.open.isEmpty()) {
			this.open.pop().close();
		}
	}

	private Registries scope(Endpoint.Tcp root) {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		SocketTransport sockets = new SocketTransport(node.instance(), new ForyCodec(), LinkSettings.DEFAULT);
		this.open.push(sockets);
		TcpPort port = new TcpPort(new Endpoint.Tcp("127.0.0.1", 0), sockets, (link) -> {
			throw new ConnectionRefusedException(ErrorCode.NOT_FOUND, "nothing is here");
		});
		this.open.push(port);
		Registries scope = new Registries(new RootLinks(node.newClient(),
				() -> new AdvertisedHosts(List.of(this.host), false), ReachabilityToken.random(), Relays.NONE), port,
				this.addresses);
		scope.add(List.of(root));
		this.open.push(scope);
		scope.start();
		return scope;
	}

	@Test
	void theRegistryIsToldAtOnceWhereAProviderIsReachedNow() {
		AdaptiveNode root = this.nodes.node(Scope.LAN);
		root.newServer().publish(Service.named(RootRegistry.SERVICE).handle(RegisterNode.class, (request) -> {
			this.registered.add(request);
			return new NodeRegistered(1, HOUR, HOUR, "127.0.0.1");
		}).scopes(Scope.LAN));
		scope(root.tcpEndpoint().orElseThrow()).announce(SERVICE);
		for (int number = 1; number < 5; number++) {
			this.host = "192.0.2." + number;
			int registrations = number;
			Awaitility.await().atMost(LONG).until(() -> this.registered.size() == registrations);
			assertThat(this.registered.get(number - 1).hosts()).containsExactly(this.host);
		}
	}

	/**
	 * Otherwise the pauses would be 5 s long by and by.
	 */
	@Test
	void aRegistryThatIsNotReachedIsTriedAgainAtOnce() throws IOException {
		AtomicInteger dials = new AtomicInteger();
		try (ServerSocket root = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
			Thread thread = new Thread(() -> refuseAll(root, dials));
			thread.setDaemon(true);
			thread.start();
			scope(new Endpoint.Tcp("127.0.0.1", root.getLocalPort()));
			long start = System.nanoTime();
			for (int number = 1; number < 20; number++) {
				int before = dials.get();
				this.host = "192.0.2." + number;
				Awaitility.await().pollInterval(Duration.ofMillis(1)).atMost(LONG).until(() -> dials.get() > before);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.multipliedBy(2));
		}
	}

	private static void refuseAll(ServerSocket root, AtomicInteger dials) {
		try {
			while (true) {
				root.accept().close();
				dials.incrementAndGet();
			}
		}
		catch (IOException ex) {
			// The test is over.
		}
	}

}
