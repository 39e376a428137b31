package io.adaptive.internal.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.StoppedClock;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Lookup;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that are known and do not answer, as those of a program that was stopped,
 * next to one that does.
 */
@Timeout(60)
class SilentInstanceTests {

	private static final ServiceName SERVICE = new ServiceName("test", "silent");

	/** Ten times the time after which the next instance is dialled. */
	private static final Duration SOON = InstanceRace.NEXT_AFTER.multipliedBy(10);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@TempDir
	private Path directory;

	private final Instance self = new Instance(new ProviderId("client"), new SecureRandom().nextLong());

	private final SocketTransport sockets = new SocketTransport(this.self, new ForyCodec(), LinkSettings.DEFAULT);

	private final List<Silent> silent = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		this.sockets.close();
		for (Silent each : this.silent) {
			each.listening.close();
		}
	}

	private ServiceInstance healthy() {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.number())));
		return new ServiceInstance(SERVICE, node.instance(), Scope.WAN,
				List.<Endpoint>of(node.tcpEndpoint().orElseThrow()));
	}

	private Silent silent(Scope scope) throws IOException {
		Silent silent = new Silent(scope, this.directory.resolve("s" + this.silent.size()), this.silent.size());
		this.silent.add(silent);
		return silent;
	}

	private AdaptiveClient client(DiscoveryClock clock, ServiceInstance... known) {
		ProcessSettings process = new ProcessSettings(Limits.DEFAULT, Codecs.available("fory").preferred(), false);
		return new DiscoveringClient(new ClientContext(new Discovery(List.of(new Known(List.of(known))), clock, true),
				new Dialer(this.self, new ProcessTable(), process, this.sockets), new ConnectionSet(), Runnable::run,
				ConnectionTelemetry.NONE, ReceiveBudget.unlimited(), new CompletableFuture<>()))
			.selection((candidates, measurements) -> candidates.stream()
				.sorted(Comparator.comparing((each) -> each.instance().provider().value().equals("silent") ? 0 : 1))
				.toList());
	}

	private static void ask(AdaptiveClient client, Duration discoverTimeout) {
		try (Connection connection = client.discoverTimeout(discoverTimeout).discover(SERVICE)) {
			assertThat(connection.sendRecv(new Ask(7), Answer.class).number()).isEqualTo(7);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN", "WAN" })
	void theNextIsDialledBesideItAndItComesLastAfterwards(Scope scope) throws IOException {
		Silent first = silent(scope);
		HaltingClock clock = new HaltingClock();
		AdaptiveClient client = client(clock, first.instance, healthy());
		long start = System.nanoTime();
		ask(client, SOON);
		System.out.printf("answered beside a silent instance after %s ms%n",
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		clock.halt();
		for (int i = 0; i < 20; i++) {
			ask(client, SOON);
		}
		assertThat(first.dialled()).isEqualTo(1);
	}

	@Test
	void severalSilentOnesAreDialledOnceEachAndThenComeLast() throws IOException {
		Silent one = silent(Scope.OS);
		Silent other = silent(Scope.LAN);
		HaltingClock clock = new HaltingClock();
		AdaptiveClient client = client(clock, one.instance, other.instance, healthy());
		ask(client, SOON.multipliedBy(2));
		clock.halt();
		ask(client, SOON);
		assertThat(List.of(one.dialled(), other.dialled())).containsExactly(1, 1);
	}

	@Test
	void theTimeToPutThemInOrderDoesNotCount() throws IOException {
		Silent second = silent(Scope.WAN);
		StoppedClock clock = new StoppedClock();
		AdaptiveClient client = client(clock, healthy(), second.instance).selection((candidates, measurements) -> {
			// As long as the probes of a cold program may take.
			clock.advance(Duration.ofSeconds(2));
			return candidates;
		});
		for (int i = 0; i < 20; i++) {
			ask(client, Duration.ofMinutes(5));
		}
		assertThat(second.dialled()).isZero();
	}

	@Test
	void aLookWithoutWaitingFindsTheOneThatAnswers() throws IOException {
		ask(client(DiscoveryClock.SYSTEM, silent(Scope.OS).instance, healthy()), Duration.ZERO);
	}

	@Test
	void callersThatShareAConnectionDoNotWaitForTheSilentOne() throws IOException {
		Silent first = silent(Scope.OS);
		AdaptiveClient client = client(DiscoveryClock.SYSTEM, first.instance, healthy()).discoverTimeout(SOON);
		try (Connection connection = client.lazy(SERVICE)) {
			List<CompletableFuture<Answer>> answers = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				answers.add((i % 2 == 0) ? connection.async().sendRecv(new Ask(i), Answer.class)
						: CompletableFuture.supplyAsync(() -> connection.sendRecv(new Ask(1), Answer.class)));
			}
			assertThat(CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))).succeedsWithin(SOON);
		}
		assertThat(first.dialled()).isEqualTo(1);
	}

	@Test
	void itIsTriedAgainAfterAWhileAndUsedWhenItAnswers() throws IOException {
		Silent first = silent(Scope.OS);
		FastClock clock = new FastClock();
		Discovery discovery = new Discovery(List.of(new Known(List.of(first.instance))), clock, true);
		discovery.silent(first.instance.instance());
		assertThat(discovery.isSilent(first.instance.instance())).isTrue();
		discovery.answered(first.instance.instance());
		assertThat(discovery.isSilent(first.instance.instance())).isFalse();
		discovery.silent(first.instance.instance());
		Awaitility.await().until(() -> !discovery.isSilent(first.instance.instance()));
	}

	@Test
	void allAreDialledAtTheSameTime() throws Exception {
		List<Silent> silent = List.of(silent(Scope.OS), silent(Scope.LAN), silent(Scope.WAN));
		// The time stands still, so that no attempt ends before the next one begins.
		AdaptiveClient client = client(new StoppedClock(), silent.get(0).instance, silent.get(1).instance,
				silent.get(2).instance, healthy());
		CompletableFuture<List<Connection>> all = CompletableFuture
			.supplyAsync(() -> client.discoverAll(ServicePattern.of(SERVICE)));
		for (Silent each : silent) {
			Awaitility.await().until(() -> each.dialled() == 1);
		}
		for (Silent each : silent) {
			each.end();
		}
		List<Connection> connections = all.get(60, TimeUnit.SECONDS);
		assertThat(connections).singleElement()
			.satisfies((each) -> assertThat(each.sendRecv(new Ask(7), Answer.class).number()).isEqualTo(7));
		connections.forEach(Connection::close);
	}

	record Ask(int number) {
	}

	record Answer(int number) {
	}

	/**
	 * A socket that accepts connections and says nothing.
	 */
	private static final class Silent {

		private final ServerSocketChannel listening;

		private final ServiceInstance instance;

		private final List<SocketChannel> accepted = new CopyOnWriteArrayList<>();

		Silent(Scope scope, Path socket, int number) throws IOException {
			Endpoint endpoint;
			if (scope == Scope.OS) {
				this.listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
					.bind(UnixDomainSocketAddress.of(socket));
				endpoint = new Endpoint.UnixSocket(socket);
			}
			else {
				this.listening = ServerSocketChannel.open()
					.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				endpoint = new Endpoint.Tcp("127.0.0.1", this.listening.socket().getLocalPort());
			}
			this.instance = new ServiceInstance(SERVICE, new Instance(new ProviderId("silent"), 1 + number), scope,
					endpoint);
			this.listening.configureBlocking(false);
		}

		/**
		 * Counts the connections made so far.
		 */
		int dialled() throws IOException {
			SocketChannel next = this.listening.accept();
			while (next != null) {
				this.accepted.add(next);
				next = this.listening.accept();
			}
			return this.accepted.size();
		}

		/**
		 * Closes the connections made so far.
		 */
		void end() throws IOException {
			for (SocketChannel each : this.accepted) {
				each.close();
			}
		}

	}

	/**
	 * A clock that is ten times as fast as that of the system.
	 */
	private static final class FastClock implements DiscoveryClock {

		private final long start = System.nanoTime();

		@Override
		public long nanoTime() {
			return (System.nanoTime() - this.start) * 10;
		}

		@Override
		public boolean await(Semaphore change, long nanos) throws InterruptedException {
			return change.tryAcquire(nanos / 10, TimeUnit.NANOSECONDS);
		}

	}

	/**
	 * The clock of the system until it is halted. Then no instance is dialled because
	 * another one takes long to answer.
	 */
	private static final class HaltingClock implements DiscoveryClock {

		private final AtomicLong haltedAt = new AtomicLong();

		void halt() {
			this.haltedAt.set(System.nanoTime());
		}

		@Override
		public long nanoTime() {
			long halted = this.haltedAt.get();
			return (halted != 0) ? halted : System.nanoTime();
		}

		@Override
		public boolean await(Semaphore change, long nanos) throws InterruptedException {
			boolean halted = this.haltedAt.get() != 0 && nanos > 0;
			return change.tryAcquire(halted ? TimeUnit.SECONDS.toNanos(30) : nanos, TimeUnit.NANOSECONDS);
		}

	}

	private record Known(List<ServiceInstance> instances) implements Lookup {

		@Override
		public Scope scope() {
			return Scope.OS;
		}

		@Override
		public List<ServiceInstance> find(ServicePattern pattern) {
			return this.instances;
		}

		@Override
		public Watch watch(ServicePattern pattern, Runnable changed) {
			return () -> {
			};
		}

	}

}
