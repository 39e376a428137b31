package io.adaptive.internal.client;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.Cable;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.internal.transport.LocalAddress;
import io.adaptive.internal.transport.OwnAddresses;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.spi.Lookup;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance whose addresses change.
 */
class MovedInstanceTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final ServiceName SERVICE = new ServiceName("test", "moved");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final Instance self = new Instance(new ProviderId("client"), new SecureRandom().nextLong());

	private volatile Set<LocalAddress> ownAddresses = Set
		.of(new LocalAddress("interface", InetAddress.getLoopbackAddress(), 8, true));

	private final SocketTransport sockets = new SocketTransport(this.self, new Codecs(new ForyCodec()),
			LinkSettings.DEFAULT, true, new OwnAddresses(this::look, Duration.ofMillis(10)));

	private final Known known = new Known();

	private final AtomicInteger looks = new AtomicInteger();

	private final AtomicInteger dials = new AtomicInteger();

	private volatile int failingDial;

	private volatile Runnable beforeDial = () -> {
	};

	private final AdaptiveClient client = new DiscoveringClient(new ClientContext(new Discovery(List.of(this.known)),
			new Dialer(this.self, new ProcessTable(),
					new ProcessSettings(Limits.DEFAULT, Codecs.available("fory").preferred(), false), this.sockets,
					this::dial),
			new ConnectionSet(), Runnable::run, ConnectionTelemetry.NONE, ReceiveBudget.unlimited(),
			new CompletableFuture<>()))
		.discoverTimeout(Duration.ofSeconds(30));

	private Set<LocalAddress> look() {
		this.looks.incrementAndGet();
		return this.ownAddresses;
	}

	private CompletableFuture<Link> dial(ServiceName service, LinkAcceptor acceptor,
			Function<LinkAcceptor, CompletableFuture<Link>> dial) {
		if (this.dials.incrementAndGet() == this.failingDial) {
			throw new InternalError("as when a dial finds no memory");
		}
		this.beforeDial.run();
		return dial.apply(acceptor);
	}

	@AfterEach
	void closeSockets() {
		this.sockets.close();
	}

	@Test
	void itIsTheSameForWatchesAndListsAndReachedAtItsNewAddress() {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.number())));
		Endpoint.Tcp port = node.tcpEndpoint().orElseThrow();
		List<ServiceEvent> events = new CopyOnWriteArrayList<>();
		io.adaptive.client.Watch watch = this.client.watch(ServicePattern.of(SERVICE), events::add);
		try (Cable before = new Cable(port); Cable after = new Cable(port)) {
			ServiceInstance instance = this.known.tell(node.instance(), before.endpoint());
			try (Connection connection = this.client.lazy(instance, ConnectionEvents.NOBODY)) {
				assertThat(connection.sendRecv(new Ask(1), Answer.class).number()).isEqualTo(1);
				this.known.tell(node.instance(), before.endpoint(), after.endpoint());
				this.known.tell(node.instance(), after.endpoint());
				before.cut();
				Awaitility.await()
					.atMost(Duration.ofSeconds(30))
					.ignoreExceptions()
					.untilAsserted(
							() -> assertThat(connection.sendRecv(new Ask(2), Answer.class).number()).isEqualTo(2));
				assertThat(connection.info().peer()).isEqualTo(node.instance());
			}
			assertThat(this.client.list(ServicePattern.of(SERVICE))).hasSize(1);
			assertThat(events).containsExactly(new ServiceEvent.Appeared(instance));
			this.known.tellNothing();
			assertThat(events).containsExactly(new ServiceEvent.Appeared(instance), new ServiceEvent.Gone(instance));
		}
		watch.close();
	}

	/**
	 * The old address is silent: no connection ends there by itself for 15 s.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callsGoToItsNewAddressAndWhatWasOnItsWayToTheOldOneEnds(boolean oneInstanceOnly) {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.number())));
		Endpoint.Tcp port = node.tcpEndpoint().orElseThrow();
		List<ServiceEvent> events = new CopyOnWriteArrayList<>();
		io.adaptive.client.Watch watch = this.client.watch(ServicePattern.of(SERVICE), events::add);
		try (Cable before = new Cable(port); Cable after = new Cable(port)) {
			ServiceInstance instance = this.known.tell(node.instance(), before.endpoint());
			try (Connection connection = oneInstanceOnly ? this.client.lazy(instance, ConnectionEvents.NOBODY)
					: this.client.lazy(SERVICE)) {
				assertThat(connection.sendRecv(new Ask(1), Answer.class).number()).isEqualTo(1);
				before.silence();
				CompletableFuture<Answer> onItsWay = connection.async().sendRecv(new Ask(2), Answer.class);
				this.known.tell(node.instance(), after.endpoint());
				Awaitility.await()
					.atMost(Duration.ofSeconds(50))
					.until(() -> connection.info().endpoint().equals(after.endpoint()));
				assertThat(connection.sendRecv(new Ask(3), Answer.class).number()).isEqualTo(3);
				assertThat(onItsWay).failsWithin(Duration.ofSeconds(20))
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(AdaptiveException.class)
					.withMessageContaining("the node is gone from " + before.endpoint())
					.satisfies((ex) -> assertThat(((AdaptiveException) ex.getCause()).delivery())
						.isEqualTo(Delivery.UNKNOWN));
				assertThat(connection.info().peer()).isEqualTo(node.instance());
			}
			assertThat(events).containsExactly(new ServiceEvent.Appeared(instance));
			assertThat(this.known.unreachable).isEmpty();
		}
		watch.close();
	}

	/**
	 * From the old address nothing is heard any more; the instance keeps its own.
	 */
	@Test
	void callsGoFromTheNewAddressOfThisMachineAndWhatWasOnItsWayFromTheOldOneEnds() {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.number())));
		List<ServiceEvent> events = new CopyOnWriteArrayList<>();
		io.adaptive.client.Watch watch = this.client.watch(ServicePattern.of(SERVICE), events::add);
		try (Cable cable = new Cable(node.tcpEndpoint().orElseThrow())) {
			ServiceInstance instance = this.known.tell(node.instance(), cable.endpoint());
			try (Connection connection = this.client.lazy(SERVICE)) {
				assertThat(connection.sendRecv(new Ask(1), Answer.class).number()).isEqualTo(1);
				cable.silenceStanding();
				CompletableFuture<Answer> onItsWay = connection.async().sendRecv(new Ask(2), Answer.class);
				this.ownAddresses = Set.of();
				assertThat(onItsWay).failsWithin(Duration.ofSeconds(20))
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(AdaptiveException.class)
					.withMessageContaining("the address 127.0.0.1 of this machine is gone")
					.satisfies((ex) -> assertThat(((AdaptiveException) ex.getCause()).delivery())
						.isEqualTo(Delivery.UNKNOWN));
				assertThat(connection.sendRecv(new Ask(3), Answer.class).number()).isEqualTo(3);
				assertThat(connection.info().peer()).isEqualTo(node.instance());
			}
			assertThat(events).containsExactly(new ServiceEvent.Appeared(instance));
			assertThat(this.known.unreachable).isEmpty();
		}
		watch.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theOwnAddressIsFollowedAlsoAfterADialThatFailedWithAnError(boolean known) {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.number())));
		try (Cable cable = new Cable(node.tcpEndpoint().orElseThrow())) {
			this.known.tell(node.instance(), cable.endpoint());
			try (Connection connection = known ? this.client.lazy(SERVICE)
					: this.client.connect(cable.endpoint(), SERVICE)) {
				assertThat(connection.sendRecv(new Ask(1), Answer.class).number()).isEqualTo(1);
				cable.silenceStanding();
				CompletableFuture<Answer> onItsWay = connection.async().sendRecv(new Ask(2), Answer.class);
				this.failingDial = 2;
				this.ownAddresses = Set.of();
				assertThat(onItsWay).failsWithin(Duration.ofSeconds(10))
					.withThrowableOfType(ExecutionException.class)
					.withMessageContaining("the address 127.0.0.1 of this machine is gone");
				assertThat(this.dials).hasValueGreaterThan(2);
			}
		}
	}

	/**
	 * As when only the prefix of an interface is changed, or an interface is made anew.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aConnectionWhoseOwnAddressIsBackWhenItsNodeAnswersAgainGoesOn(boolean known) {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		CompletableFuture<Answer> later = new CompletableFuture<>();
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> later));
		Endpoint.Tcp port = node.tcpEndpoint().orElseThrow();
		this.known.tell(node.instance(), port);
		try (Connection connection = known ? this.client.lazy(SERVICE) : this.client.connect(port, SERVICE)) {
			CompletableFuture<Answer> onItsWay = connection.async().sendRecv(new Ask(1), Answer.class);
			Awaitility.await().atMost(LONG).until(() -> this.looks.get() > 2 && this.dials.get() == 1);
			int before = this.looks.get();
			Awaitility.await().atMost(LONG).until(() -> this.looks.get() > before + 1);
			Set<LocalAddress> present = this.ownAddresses;
			this.beforeDial = () -> this.ownAddresses = present;
			this.ownAddresses = Set.of();
			Awaitility.await().atMost(LONG).until(() -> this.dials.get() == 2);
			Awaitility.await().during(Duration.ofMillis(300)).atMost(LONG).until(() -> !onItsWay.isDone());
			later.complete(new Answer(1));
			assertThat(onItsWay).succeedsWithin(LONG);
		}
	}

	@Test
	void aConnectionThatStillAnswersAtAnAddressNoLongerToldStaysForWhatIsOpenOnIt() {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.number())));
		Endpoint.Tcp port = node.tcpEndpoint().orElseThrow();
		try (Cable before = new Cable(port); Cable after = new Cable(port)) {
			this.known.tell(node.instance(), before.endpoint());
			try (Connection connection = this.client.lazy(SERVICE)) {
				MessageStream open = connection.newStream();
				assertThat(open.sendRecv(new Ask(1), Answer.class).number()).isEqualTo(1);
				this.known.tell(node.instance(), after.endpoint());
				Awaitility.await()
					.atMost(Duration.ofSeconds(50))
					.until(() -> connection.info().endpoint().equals(after.endpoint()));
				assertThat(connection.sendRecv(new Ask(2), Answer.class).number()).isEqualTo(2);
				assertThat(open.sendRecv(new Ask(3), Answer.class).number()).isEqualTo(3);
			}
		}
	}

	record Ask(int number) {
	}

	record Answer(int number) {
	}

	private static final class Known implements Lookup {

		private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

		private final List<ServiceInstance> unreachable = new CopyOnWriteArrayList<>();

		private volatile List<ServiceInstance> instances = List.of();

		ServiceInstance tell(Instance instance, Endpoint... endpoints) {
			ServiceInstance told = new ServiceInstance(SERVICE, instance, Scope.WAN, List.of(endpoints));
			this.instances = List.of(told);
			this.watchers.forEach(Runnable::run);
			return told;
		}

		void tellNothing() {
			this.instances = List.of();
			this.watchers.forEach(Runnable::run);
		}

		@Override
		public void unreachable(ServiceInstance instance) {
			this.unreachable.add(instance);
		}

		@Override
		public Scope scope() {
			return Scope.WAN;
		}

		@Override
		public List<ServiceInstance> find(ServicePattern pattern) {
			return this.instances;
		}

		@Override
		public Watch watch(ServicePattern pattern, Runnable changed) {
			this.watchers.add(changed);
			return () -> this.watchers.remove(changed);
		}

	}

}
