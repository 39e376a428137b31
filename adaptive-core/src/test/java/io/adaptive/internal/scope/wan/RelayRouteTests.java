package io.adaptive.internal.scope.wan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.proxy.Relay;
import io.adaptive.internal.proxy.RelayListener;
import io.adaptive.internal.proxy.ReverseProxy;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.spi.Lookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * By which relay a node is reached that a root registry could relay, too.
 */
class RelayRouteTests {

	private static final Endpoint.Tcp ROOT = new Endpoint.Tcp("203.0.113.1", 7200);

	private static final Instance ROOT_NODE = new Instance(new ProviderId("root"), 1);

	private static final Gateway FIRST = new Gateway("first", 1);

	private static final Gateway SECOND = new Gateway("second", 2);

	private final List<Gateway> gateways = new CopyOnWriteArrayList<>();

	private final List<FakeRelay> relays = new ArrayList<>();

	private final AtomicInteger changes = new AtomicInteger();

	/** The thread of the route has nothing to do. */
	private final CountDownLatch waits = new CountDownLatch(1);

	private volatile long now = -5;

	private RelayRoute route;

	@BeforeEach
	void makeRoute() {
		Lookup lan = new Lookup() {

			@Override
			public Scope scope() {
				return Scope.LAN;
			}

			@Override
			public List<ServiceInstance> find(ServicePattern pattern) {
				return RelayRouteTests.this.gateways.stream().map(Gateway::service).toList();
			}

			@Override
			public Watch watch(ServicePattern pattern, Runnable changed) {
				return () -> {
				};
			}

		};
		DiscoveryClock clock = new DiscoveryClock() {

			@Override
			public long nanoTime() {
				return RelayRouteTests.this.now;
			}

			@Override
			public boolean await(Semaphore change, long nanos) throws InterruptedException {
				if (!change.tryAcquire()) {
					// The test looks itself.
					RelayRouteTests.this.waits.countDown();
					change.acquire();
				}
				return true;
			}

		};
		this.route = new RelayRoute(ROOT, new Discovery(List.of(lan)), (proxies, listener) -> {
			FakeRelay relay = new FakeRelay(proxies, listener);
			this.relays.add(relay);
			return relay;
		}, this.changes::incrementAndGet, clock);
	}

	@AfterEach
	void nothingStaysOpen() {
		this.route.close();
		assertThat(this.relays).allMatch((relay) -> relay.closed);
	}

	private void pass(Duration time) {
		for (long seconds = 0; seconds < time.toSeconds(); seconds++) {
			this.now += Duration.ofSeconds(1).toNanos();
			this.route.look();
		}
	}

	private FakeRelay relayedByRoot() {
		FakeRelay relay = this.relays.get(0);
		relay.connect(ROOT, ROOT_NODE);
		this.route.accepted(this.route.open());
		this.route.look();
		assertThat(this.relays).hasSize(1);
		return relay;
	}

	private FakeRelay moveToFirst() {
		this.gateways.add(FIRST);
		this.route.look();
		FakeRelay relay = this.relays.get(this.relays.size() - 1);
		relay.connect(FIRST.address(), FIRST.instance());
		this.route.look();
		assertThat(this.route.endpoint()).isEqualTo(relay.endpoint());
		return relay;
	}

	@Test
	void aGatewayThatAppearsTakesOverFromTheRoot() {
		FakeRelay byRoot = relayedByRoot();
		int before = this.changes.get();
		this.gateways.add(FIRST);
		this.route.look();
		FakeRelay byGateway = this.relays.get(1);
		assertThat(byGateway.proxies.get()).containsExactly(FIRST.address());
		assertThat(this.route.endpoint()).as("before the gateway relays").isEqualTo(byRoot.endpoint());
		byGateway.connect(FIRST.address(), FIRST.instance());
		assertThat(this.changes).hasValue(before);
		this.route.look();
		assertThat(this.route.open()).containsExactly(byGateway.endpoint().orElseThrow());
		assertThat(this.changes).hasValue(before + 1);
		assertThat(byGateway.proxies.get()).as("where it looks when it is lost").containsExactly(FIRST.address(), ROOT);
		assertThat(byRoot.closed).isFalse();
	}

	@Test
	void theOldRelayStaysUntilTheNewOneIsAcceptedAndItsClientsHaveGone() {
		FakeRelay byRoot = relayedByRoot();
		byRoot.clients = 1;
		FakeRelay byGateway = moveToFirst();
		byRoot.clients = 0;
		pass(Duration.ofMinutes(5));
		assertThat(byRoot.closed).as("while clients are still told of it").isFalse();
		byRoot.clients = 1;
		this.route.accepted(this.route.open());
		pass(Duration.ofMinutes(5));
		assertThat(byRoot.closed).as("while a client is connected").isFalse();
		byRoot.clients = 0;
		pass(RelayLeg.LINGER.minusSeconds(1));
		assertThat(byRoot.closed).as("while a client may come that was told before").isFalse();
		byRoot.clients = 1;
		pass(Duration.ofSeconds(1));
		byRoot.clients = 0;
		pass(RelayLeg.LINGER);
		assertThat(byRoot.closed).as("when one has come meanwhile").isFalse();
		pass(Duration.ofSeconds(1));
		assertThat(byRoot.closed).isTrue();
		assertThat(byGateway.closed).isFalse();
		assertThat(this.route.endpoint()).isEqualTo(byGateway.endpoint());
	}

	@Test
	void aGatewayThatTheRootRefusesIsLeftForTheRelayThatWorks() {
		FakeRelay byRoot = relayedByRoot();
		FakeRelay byGateway = moveToFirst();
		this.route.refused(this.route.open());
		assertThat(this.route.open()).containsExactly(byRoot.endpoint().orElseThrow());
		assertThat(byRoot.closed).isFalse();
		assertThat(byGateway.closed).isTrue();
		pass(RefusedGateways.FIRST_PAUSE.minusSeconds(1));
		assertThat(this.relays).hasSize(2);
		pass(Duration.ofSeconds(1));
		assertThat(this.relays).as("tried again").hasSize(3);
		FakeRelay again = this.relays.get(2);
		again.connect(FIRST.address(), FIRST.instance());
		this.route.look();
		this.route.accepted(this.route.open());
		assertThat(this.route.endpoint()).isEqualTo(again.endpoint());
	}

	@Test
	void thePausesGrowAndEndWithASuccess() {
		relayedByRoot();
		moveToFirst();
		this.route.refused(this.route.open());
		pass(RefusedGateways.FIRST_PAUSE);
		this.relays.get(2).connect(FIRST.address(), FIRST.instance());
		this.route.look();
		this.route.refused(this.route.open());
		pass(RefusedGateways.FIRST_PAUSE.multipliedBy(2).minusSeconds(1));
		assertThat(this.relays).hasSize(3);
		pass(Duration.ofSeconds(1));
		assertThat(this.relays).hasSize(4);
	}

	@Test
	void clientsOfARefusedGatewayStayConnected() {
		relayedByRoot();
		FakeRelay byGateway = moveToFirst();
		byGateway.clients = 1;
		this.route.refused(this.route.open());
		pass(Duration.ofSeconds(14));
		assertThat(byGateway.closed).isFalse();
		// Its relay is open still, and needs no other one.
		pass(Duration.ofSeconds(1));
		assertThat(this.relays).hasSize(2);
		assertThat(this.route.endpoint()).isEqualTo(byGateway.endpoint());
	}

	@Test
	void aGatewayThatDoesNotAnswerIsGivenUpForAWhile() {
		FakeRelay byRoot = relayedByRoot();
		this.gateways.add(FIRST);
		this.route.look();
		pass(RelayRoute.OPENING);
		assertThat(this.relays.get(1).closed).isTrue();
		assertThat(this.relays).hasSize(2);
		assertThat(this.route.endpoint()).isEqualTo(byRoot.endpoint());
		this.gateways.add(SECOND);
		this.route.look();
		assertThat(this.relays.get(2).proxies.get()).as("another one is tried at once")
			.containsExactly(SECOND.address());
	}

	@Test
	void aRelayThatIsLostAfterItWasReplacedIsNotOpenedAgain() {
		FakeRelay byRoot = relayedByRoot();
		byRoot.clients = 1;
		moveToFirst();
		int before = this.changes.get();
		byRoot.lose();
		assertThat(byRoot.closed).isTrue();
		assertThat(this.changes).hasValue(before);
		pass(Duration.ofSeconds(1));
	}

	@Test
	void oneGatewayIsNotLeftForAnother() {
		this.gateways.add(FIRST);
		this.relays.get(0).connect(FIRST.address(), FIRST.instance());
		this.route.accepted(this.route.open());
		this.gateways.add(0, SECOND);
		pass(Duration.ofMinutes(10));
		assertThat(this.relays).hasSize(1);
	}

	@Test
	void aRootThatIsTheGatewayItselfIsNotLeft() {
		relayedByRoot();
		this.gateways.add(new Gateway("root", 1));
		this.gateways.add(FIRST);
		pass(Duration.ofMinutes(10));
		assertThat(this.relays).hasSize(1);
	}

	@Test
	void aRelayThatIsNotNeededStaysForItsClients() throws InterruptedException {
		FakeRelay byRoot = relayedByRoot();
		byRoot.clients = 1;
		leave();
		int before = this.changes.get();
		pass(Duration.ofMinutes(5));
		assertThat(byRoot.closed).as("while a client is connected").isFalse();
		byRoot.clients = 0;
		pass(RelayLeg.LINGER);
		assertThat(byRoot.closed).as("while a client may come that was told before").isFalse();
		assertThat(this.route.isEnded()).isFalse();
		pass(Duration.ofSeconds(1));
		assertThat(byRoot.closed).isTrue();
		assertThat(this.route.isEnded()).isTrue();
		assertThat(this.relays).hasSize(1);
		assertThat(this.changes).hasValue(before);
	}

	@Test
	void allRelaysAreClosedWhenNoneIsNeeded() throws InterruptedException {
		FakeRelay byRoot = relayedByRoot();
		byRoot.clients = 1;
		FakeRelay byFirst = moveToFirst();
		byRoot.clients = 0;
		leave();
		pass(RelayLeg.LINGER.plusSeconds(1));
		assertThat(byRoot.closed).isTrue();
		assertThat(byFirst.closed).isTrue();
		assertThat(this.route.isEnded()).isTrue();
	}

	@Test
	void aCandidateIsNotAwaitedWhenNoneIsNeeded() throws InterruptedException {
		FakeRelay byRoot = relayedByRoot();
		this.gateways.add(FIRST);
		this.route.look();
		leave();
		assertThat(this.relays.get(1).closed).isTrue();
		byRoot.lose();
		pass(Duration.ofSeconds(1));
		assertThat(this.route.isEnded()).isTrue();
	}

	private void leave() throws InterruptedException {
		this.route.leave();
		assertThat(this.waits.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aProxyThatIsGivenIsTheOnlyOne() {
		RelayRoute given = new RelayRoute(ROOT, null, (proxies, listener) -> {
			FakeRelay relay = new FakeRelay(proxies, listener);
			this.relays.add(relay);
			return relay;
		}, this.changes::incrementAndGet, DiscoveryClock.SYSTEM);
		this.gateways.add(FIRST);
		FakeRelay relay = this.relays.get(1);
		relay.connect(ROOT, ROOT_NODE);
		given.refused(given.open());
		given.look();
		assertThat(relay.proxies.get()).containsExactly(ROOT);
		assertThat(given.endpoint()).isEqualTo(relay.endpoint());
		assertThat(this.relays).hasSize(2);
		given.close();
	}

	/**
	 * A gateway of the local network; its incarnation is its port, too.
	 */
	private record Gateway(String name, int number) {

		Instance instance() {
			return new Instance(new ProviderId(this.name), this.number);
		}

		Endpoint.Tcp address() {
			return new Endpoint.Tcp("10.0.0.1", this.number);
		}

		ServiceInstance service() {
			return new ServiceInstance(ReverseProxy.SERVICE, instance(), Scope.LAN, List.of(address()));
		}

	}

	private static final class FakeRelay implements Relay {

		private final Supplier<List<Endpoint>> proxies;

		private final RelayListener listener;

		private Optional<Endpoint.Relayed> endpoint = Optional.empty();

		private Optional<Endpoint> proxy = Optional.empty();

		private volatile int clients;

		private volatile boolean closed;

		FakeRelay(Supplier<List<Endpoint>> proxies, RelayListener listener) {
			this.proxies = proxies;
			this.listener = listener;
		}

		void connect(Endpoint proxy, Instance by) {
			this.proxy = Optional.of(proxy);
			this.endpoint = Optional.of(new Endpoint.Relayed(new Endpoint.Tcp("198.51.100.1", 30_000), by));
			this.listener.relayed(this.endpoint);
		}

		void lose() {
			this.proxy = Optional.empty();
			this.endpoint = Optional.empty();
			this.listener.relayed(this.endpoint);
		}

		@Override
		public Optional<Endpoint.Relayed> endpoint() {
			return this.endpoint;
		}

		@Override
		public Optional<Endpoint> proxy() {
			return this.proxy;
		}

		@Override
		public int clients() {
			return this.clients;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
