package io.adaptive.internal.builtin.root;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a root registry does with requests that are wrong. The probe believes everybody at
 * port 7000, and in nobody else.
 */
class RootRegistryInputTests {

	private static final String TOKEN = "0a".repeat(32);

	@RegisterExtension
	final TestNodes nodes = new TestNodes();

	@RegisterExtension
	final LogLines log = new LogLines();

	@TempDir
	Path directory;

	private final List<String> tried = Collections.synchronizedList(new ArrayList<>());

	/** Where the clock of the registry was stopped, zero while it runs. */
	private volatile long stoppedAt;

	private RootRegistry registry;

	private AdaptiveNode server;

	private Connection connection;

	@BeforeEach
	void start() {
		this.server = this.nodes.node(Scope.LAN);
		this.registry = new RootRegistry(new RootRegistrySettings(this.directory), (address, expected, token) -> {
			this.tried.add(address.toString());
			return (address.port() == 7000) ? ReachabilityProbe.Outcome.REACHED
					: new ReachabilityProbe.Outcome(ReachabilityProbe.Answer.SILENCE, "nobody answers");
		}, this.server.instance(), () -> "127.0.0.1", this::nanoTime);
		this.server.newServer().publish(this.registry.service().scopes(Scope.LAN));
		this.connection = connect();
	}

	@AfterEach
	void close() {
		this.server.close();
		this.registry.close();
	}

	private long nanoTime() {
		return (this.stoppedAt != 0) ? this.stoppedAt : System.nanoTime();
	}

	private Connection connect() {
		return this.nodes.node(Scope.PROCESS)
			.newClient()
			.connect(this.server.tcpEndpoint().orElseThrow(), RootRegistry.SERVICE);
	}

	private static RegisterNode request(int port, String... services) {
		return new RegisterNode(port, List.of(), false, List.of(), List.of(services), TOKEN);
	}

	private NodeRegistered register(Connection connection, RegisterNode request) {
		return connection.sendRecv(request, NodeRegistered.class);
	}

	private void assertRefused(Object request, ErrorCode code, String reason) {
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> this.connection.sendRecv(request, LeaseRenewed.class))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	@Test
	void whatIsWrongIsRefusedAndChangesNothing() {
		long epoch = register(this.connection, request(7000, "test/good")).epoch();
		List<String> tooMany = IntStream.rangeClosed(0, RootRegistry.MAX_SERVICES_PER_NODE)
			.mapToObj((i) -> "test/s" + i)
			.toList();
		List<Object> bad = List.of(request(7000, "test/bad/worse"), request(7000, "nonsense"), request(7000, "test/*"),
				request(7000, "test/" + "x".repeat(200)), request(7000, tooMany.toArray(String[]::new)),
				request(0, "a/b"), request(70_000, "a/b"), request(-1, "a/b"),
				new RegisterNode(7000, List.of("no host"), false, List.of(), List.of(), TOKEN),
				new RegisterNode(7000, List.copyOf(Collections.nCopies(17, "host")), false, List.of(), List.of(),
						TOKEN),
				new RegisterNode(7000, List.of(), false, List.of(), List.of(), "0a".repeat(3)),
				new RegisterNode(7000, List.of(), false, List.of(), List.of(), "0a".repeat(3000)),
				new RegisterNode(7000, List.of(), false, List.of(), List.of(), "x".repeat(64)),
				new RegisterNode(7000, List.of(), false, List.of(new NodeContact("", 7000, "", 1)), List.of(), TOKEN),
				new ChangeServices(epoch, tooMany, List.of()), new ChangeServices(epoch, List.of("x"), List.of()),
				new ChangeServices(epoch, List.of(), List.of("\u0000/x")), new QueryServices("", "*", 0),
				new QueryServices("*".repeat(1000), "*", 0));
		for (Object request : bad) {
			assertRefused(request, ErrorCode.INVALID_ARGUMENT, "");
		}
		for (Object request : List.of(new RenewLease(epoch + 1), new RenewLease(-1),
				new ChangeServices(epoch + 1, List.of("a/b"), List.of()), new UnregisterNode(0))) {
			assertRefused(request, ErrorCode.NOT_FOUND, "register again");
		}
		assertThat(this.registry.refused()).isEqualTo(bad.size() + 4);
		assertThat(this.registry.size().nodes()).isEqualTo(1);
		assertThat(this.registry.size().services()).isEqualTo(1);
		assertThat(this.connection.sendRecv(new RenewLease(epoch), LeaseRenewed.class).epoch()).isEqualTo(epoch);
		assertThat(this.log.warnings()).singleElement()
			.asString()
			.contains("root registry refused node=" + this.connection.info().peer().provider())
			.contains("address=/127.0.0.1:");
	}

	@Test
	void oneNodeCannotSpeakForAnother() {
		long epoch = register(this.connection, request(7000, "test/mine")).epoch();
		Connection other = connect();
		for (Object request : List.of(new RenewLease(epoch), new UnregisterNode(epoch),
				new ChangeServices(epoch, List.of(), List.of("test/mine")))) {
			assertThatExceptionOfType(RemoteException.class)
				.isThrownBy(() -> other.sendRecv(request, LeaseRenewed.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
		}
		assertThat(this.registry.size().services()).isEqualTo(1);
	}

	@Test
	void whoCannotBeReachedIsRefusedAndNothingButHisOwnAddressWasDialled() {
		RegisterNode elsewhere = new RegisterNode(7001, List.of("10.1.2.3", "example.org"), true, List.of(),
				List.of("test/hidden"), TOKEN);
		assertRefused(elsewhere, ErrorCode.FAILED_PRECONDITION, "nobody answers");
		Instance unknown = new Instance(new ProviderId("proxy"), 3);
		assertRefused(
				new RegisterNode(7000, List.of(), false,
						List.of(new NodeContact("10.9.9.9", 7000, unknown.provider().value(), unknown.incarnation())),
						List.of("test/hidden"), TOKEN),
				ErrorCode.NOT_FOUND, "proxy#3 is not known to the root registry");
		assertThat(this.tried).containsExactly("tcp:127.0.0.1:7001");
		assertThat(this.registry.size().nodes()).isZero();
	}

	@Test
	void aNodeBehindAProxyIsReachedAtTheProvenHostOfThatProxy() {
		Connection proxy = connect();
		register(proxy, request(7000, "builtin/reverseProxy"));
		Instance by = proxy.info().peer();
		Instance me = this.server.instance();
		ServicesFound found = relayed(proxy.info().peer(), "test/hidden");
		assertThat(found.nodes()).isEmpty();
		NodeContact throughOther = new NodeContact("10.9.9.9", 7000, me.provider().value(), me.incarnation());
		register(this.connection,
				new RegisterNode(1, List.of("10.8.8.8"), false, List.of(throughOther), List.of("test/hidden"), TOKEN));
		assertThat(relayed(by, "test/hidden").nodes()).singleElement()
			.satisfies((node) -> assertThat(node.addresses())
				.containsExactly(new NodeContact("", 7000, me.provider().value(), me.incarnation())));
		assertThat(this.tried).containsOnly("tcp:127.0.0.1:7000");
	}

	private ServicesFound relayed(Instance by, String service) {
		assertThat(by).isNotNull();
		return this.connection.sendRecv(new QueryServices("test", service.substring(5), 0), ServicesFound.class);
	}

	@Test
	void advertisedHostsAreToldBesidesTheProvenAddress() {
		register(this.connection,
				new RegisterNode(7000, List.of("10.1.1.1", "name.example"), true, List.of(), List.of("test/a"), TOKEN));
		assertThat(this.connection.sendRecv(new QueryServices("*", "a*", 0), ServicesFound.class).nodes())
			.singleElement()
			.satisfies((node) -> assertThat(node.addresses()).extracting(NodeContact::host)
				.containsExactly("10.1.1.1", "name.example", ""));
		register(this.connection,
				new RegisterNode(7000, List.of("10.1.1.1"), false, List.of(), List.of("test/a"), TOKEN));
		assertThat(this.connection.sendRecv(new QueryServices("*", "a*", 0), ServicesFound.class).nodes())
			.singleElement()
			.satisfies((node) -> assertThat(node.addresses()).extracting(NodeContact::host)
				.containsExactly("", "10.1.1.1"));
	}

	@Test
	void aFloodIsRefusedWithOneLineAndTheOthersAreServed() {
		long epoch = register(this.connection, request(7000, "test/flood")).epoch();
		Connection other = connect();
		this.stoppedAt = System.nanoTime();
		List<CompletableFuture<LeaseRenewed>> flood = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			flood.add(this.connection.async().sendRecv(new RenewLease(epoch), LeaseRenewed.class));
		}
		assertThat(other.sendRecv(new QueryServices("*", "flood", 0), ServicesFound.class).nodes()).hasSize(1);
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> flood.stream().allMatch(CompletableFuture::isDone));
		// The registration before may still count.
		assertThat(flood).filteredOn(CompletableFuture::isCompletedExceptionally).hasSizeBetween(4000, 4001);
		assertThat(this.log.warnings()).singleElement().asString().contains("Too many requests on one connection");
		assertThat(this.registry.refused()).isBetween(4000L, 4001L);
	}

	@Test
	void aWatchThatIsWrongOrOneTooManyIsRefusedOnItsStream() {
		MessageStream wrong = this.connection.newStream();
		wrong.send(new WatchServices("", "*", 0, 0));
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> wrong.recv(RegistryUpdate.class))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
		MessageStream twice = this.connection.newStream();
		twice.send(new WatchServices("*", "*", 0, 0));
		assertThat(twice.recv(RegistryUpdate.class).complete()).isTrue();
		twice.send(new WatchServices("*", "a", 0, 0));
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> {
			while (true) {
				twice.recv(RegistryUpdate.class);
			}
		}).withMessageContaining("This stream has a watch");
		for (int i = 0; i <= Registrant.MAX_WATCHES; i++) {
			this.connection.newStream().async().send(new WatchServices("*", "x" + i, 0, 0));
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.registry.refused()).isGreaterThan(2));
		this.connection.close();
		Awaitility.await().untilAsserted(() -> assertThat(this.registry.size().watchers()).isZero());
	}

	@Test
	void aWatcherThatComesBackGetsWhatItMissedAndNothingElse() {
		long epoch = register(this.connection, request(7000, "test/a", "test/b")).epoch();
		MessageStream first = this.connection.newStream();
		first.send(new WatchServices("*", "*", 0, 0));
		RegistryUpdate seen = first.recv(RegistryUpdate.class);
		assertThat(seen.fresh()).isTrue();
		first.close();
		this.connection.sendRecv(new ChangeServices(epoch, List.of("test/c"), List.of("test/a")), LeaseRenewed.class);
		MessageStream again = connect().newStream();
		again.send(new WatchServices("*", "*", seen.incarnation(), seen.revision()));
		RegistryUpdate missed = again.recv(RegistryUpdate.class);
		assertThat(missed.fresh()).isFalse();
		assertThat(missed.nodes()).singleElement()
			.satisfies((node) -> assertThat(node.services()).containsExactlyInAnyOrder("test/b", "test/c"));
		MessageStream elsewhere = connect().newStream();
		elsewhere.send(new WatchServices("*", "*", seen.incarnation() + 1, seen.revision()));
		assertThat(elsewhere.recv(RegistryUpdate.class).fresh()).isTrue();
	}

	@Test
	void aSnapshotComesInMessagesOfLimitedSize() {
		List<Connection> others = new ArrayList<>();
		for (int node = 0; node < 3; node++) {
			Connection other = connect();
			others.add(other);
			int number = node;
			register(other, request(7000,
					IntStream.range(0, 4000).mapToObj((i) -> "test/s-" + number + "-" + i).toArray(String[]::new)));
		}
		MessageStream stream = this.connection.newStream();
		stream.send(new WatchServices("*", "*", 0, 0));
		RegistryUpdate first = stream.recv(RegistryUpdate.class);
		assertThat(first.fresh()).isTrue();
		assertThat(first.complete()).isFalse();
		List<NodeServices> nodes = new ArrayList<>(first.nodes());
		RegistryUpdate next = first;
		while (!next.complete()) {
			next = stream.recv(RegistryUpdate.class);
			assertThat(next.fresh()).isFalse();
			nodes.addAll(next.nodes());
		}
		assertThat(nodes).hasSize(3).allSatisfy((node) -> assertThat(node.services()).hasSize(4000));
		assertThat(others).hasSize(3);
	}

}
