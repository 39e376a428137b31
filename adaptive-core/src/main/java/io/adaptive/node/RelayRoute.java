package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.adaptive.discovery.Discovery;
import io.adaptive.discovery.DiscoveryClock;
import io.adaptive.discovery.InstanceWatch;
import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.proxy.Relay;
import io.adaptive.proxy.RelayClient;
import io.adaptive.proxy.RelayListener;
import org.jspecify.annotations.Nullable;

/**
 * The relay of a node for one root registry: by a gateway of the local network, or by the
 * registry itself where there is none. A node that the registry relays moves to a gateway
 * that appears later, or that was refused some time ago. A relay that is not the current
 * one any more stays open until the registry has accepted the new one and no client is
 * connected through the old one. Safe for use by many threads.
 */
final class RelayRoute implements AutoCloseable {

	/** A proxy that does not answer sooner is left to the relay, which tries on. */
	static final Duration OPENING = Duration.ofSeconds(6);

	/** Clients may have read the address of a relay just before it was replaced. */
	static final Duration LINGER = Duration.ofSeconds(10);

	private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(15);

	private static final KeyValueLogger logger = KeyValueLogger.of(RelayRoute.class);

	private final Endpoint.Tcp last;

	private final @Nullable Discovery gateways;

	private final Relay.Opener opener;

	private final Runnable changed;

	private final DiscoveryClock clock;

	private final Semaphore opened = new Semaphore(0);

	private final Semaphore wake = new Semaphore(0);

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	private final RefusedGateways refused;

	private final List<Leg> retired = new ArrayList<>();

	private Leg current;

	private @Nullable Leg candidate;

	private long candidateSince;

	private boolean accepted;

	private @Nullable Thread thread;

	/**
	 * Makes the route and begins to look for a proxy.
	 * @param last the proxy to use where no gateway is found
	 * @param gateways finds gateways, {@code null} for a route by one proxy only
	 * @param opener opens relays
	 * @param changed called when the current relay has changed or is lost
	 * @param clock the time by which gateways are tried again and old relays are closed
	 */
	RelayRoute(Endpoint.Tcp last, @Nullable Discovery gateways, Relay.Opener opener, Runnable changed,
			DiscoveryClock clock) {
		this.last = last;
		this.gateways = gateways;
		this.opener = opener;
		this.changed = changed;
		this.clock = clock;
		this.refused = new RefusedGateways(clock);
		this.current = new Leg(Role.CURRENT);
	}

	/**
	 * Begins to look for better gateways while the registry relays the node.
	 */
	synchronized void start() {
		if (this.thread == null && this.gateways != null && this.gateways.searches(RefusedGateways.ALL)
				&& !this.ended.isDone()) {
			this.thread = new Thread(this::run, "adaptive-relay-route");
			this.thread.setDaemon(true);
			this.thread.start();
		}
	}

	private void run() {
		Discovery found = this.gateways;
		if (found == null) {
			return;
		}
		try (InstanceWatch watch = found.watch(RefusedGateways.ALL, this.ended)) {
			watch.onChange(this.wake::release);
			while (!this.ended.isDone()) {
				this.clock.await(this.wake, look());
				this.wake.drainPermits();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Returns where the node is relayed now.
	 */
	Optional<Endpoint.Relayed> endpoint() {
		return current().relay.endpoint();
	}

	private synchronized Leg current() {
		return this.current;
	}

	/**
	 * Waits for the relay, for {@link #OPENING} at most.
	 */
	List<Endpoint.Relayed> open() {
		try {
			long deadline = System.nanoTime() + OPENING.toNanos();
			boolean inTime = true;
			while (endpoint().isEmpty() && inTime) {
				inTime = this.opened.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
			}
			this.opened.drainPermits();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return endpoint().stream().toList();
	}

	/**
	 * The registry has accepted relays.
	 */
	synchronized void accepted(List<Endpoint.Relayed> relays) {
		this.current.relay.endpoint().filter(relays::contains).ifPresent((endpoint) -> {
			this.accepted = true;
			this.refused.remove(endpoint.by());
			this.wake.release();
		});
	}

	/**
	 * The registry has refused relays. The one before them is taken again if it is still
	 * open.
	 */
	synchronized void refused(List<Endpoint.Relayed> relays) {
		if (this.gateways == null || this.ended.isDone()) {
			return;
		}
		relays.forEach((relay) -> this.refused.add(relay.by()));
		Leg bad = this.current;
		Leg before = this.retired.stream().filter((leg) -> leg.isOpen() && leg.isUsable()).findFirst().orElse(null);
		if (before != null) {
			this.retired.remove(before);
			before.role = Role.CURRENT;
		}
		this.current = (before != null) ? before : new Leg(Role.CURRENT);
		retire(bad);
		// The registry still tells of the one before.
		this.accepted = before != null;
		if (bad.relay.clients() == 0) {
			this.retired.remove(bad);
			bad.relay.close();
		}
	}

	/**
	 * Closes old relays that are not needed any more, and moves to a gateway if the
	 * registry relays the node.
	 * @return after how many nanoseconds to look again
	 */
	synchronized long look() {
		if (this.ended.isDone()) {
			return 0;
		}
		long now = this.clock.nanoTime();
		this.retired.removeIf((leg) -> leg.closesWhenOver(now));
		Leg trial = this.candidate;
		if (trial == null) {
			tryGateways(now);
		}
		else if (trial.isOpen()) {
			this.candidate = null;
			moveTo(trial);
		}
		else if (now - this.candidateSince >= OPENING.toNanos()) {
			this.candidate = null;
			trial.relay.close();
			this.refused.usable(this.gateways).forEach((gateway) -> this.refused.add(gateway.instance()));
		}
		return (this.retired.isEmpty() && this.candidate == null) ? REST_NANOS : LOOK_NANOS;
	}

	private void tryGateways(long now) {
		Endpoint.Relayed relayed = this.current.relay.endpoint().orElse(null);
		if (relayed == null || !this.current.relay.proxy().equals(Optional.of(this.last))) {
			return;
		}
		List<Instance> usable = this.refused.usable(this.gateways).stream().map(ServiceInstance::instance).toList();
		if (usable.isEmpty() || usable.contains(relayed.by())) {
			return;
		}
		Leg open = this.retired.stream().filter((leg) -> leg.isOpen() && leg.isBy(usable)).findFirst().orElse(null);
		if (open != null) {
			this.retired.remove(open);
			moveTo(open);
			return;
		}
		this.candidateSince = now;
		this.candidate = new Leg(Role.CANDIDATE);
	}

	private void moveTo(Leg better) {
		Leg before = this.current;
		better.role = Role.CURRENT;
		this.current = better;
		retire(before);
		logger.info("relay replaced by that of a gateway endpoint={} before={} clients={}",
				better.relay.endpoint().orElse(null), before.relay.endpoint().orElse(null), before.relay.clients());
		this.changed.run();
	}

	private void retire(Leg leg) {
		leg.role = Role.RETIRED;
		leg.idleSince = null;
		this.accepted = false;
		this.retired.add(leg);
	}

	@Override
	public synchronized void close() {
		this.ended.complete(null);
		this.wake.release();
		this.current.relay.close();
		if (this.candidate != null) {
			this.candidate.relay.close();
		}
		this.retired.forEach((leg) -> leg.relay.close());
		this.retired.clear();
	}

	private enum Role {

		CANDIDATE, CURRENT, RETIRED

	}

	/**
	 * One of the relays of this route.
	 */
	private final class Leg implements RelayListener {

		private volatile Role role;

		private final Relay relay;

		/** {@code null} while it is needed. */
		private @Nullable Long idleSince;

		Leg(Role role) {
			this.role = role;
			this.relay = RelayRoute.this.opener.open(this::proxies, this);
		}

		private List<Endpoint> proxies() {
			List<Endpoint> proxies = new ArrayList<>();
			Discovery found = RelayRoute.this.gateways;
			if (found != null) {
				found.refresh(RefusedGateways.ALL);
				proxies.addAll(RelayClient.endpointsOf(RelayRoute.this.refused.usable(found)));
			}
			if (this.role == Role.CURRENT) {
				proxies.add(RelayRoute.this.last);
			}
			return proxies;
		}

		@Override
		public void relayed(Optional<Endpoint.Relayed> endpoint) {
			switch (this.role) {
				case CURRENT -> {
					RelayRoute.this.opened.release();
					RelayRoute.this.changed.run();
				}
				// Its connections have ended with it, and it would only begin anew.
				case RETIRED -> this.relay.close();
				case CANDIDATE -> {
				}
			}
			RelayRoute.this.wake.release();
		}

		boolean isOpen() {
			return this.relay.endpoint().isPresent();
		}

		boolean isUsable() {
			return this.relay.endpoint()
				.filter((endpoint) -> !RelayRoute.this.refused.contains(endpoint.by()))
				.isPresent();
		}

		boolean isBy(List<Instance> proxies) {
			return this.relay.endpoint().filter((endpoint) -> proxies.contains(endpoint.by())).isPresent();
		}

		/**
		 * Tells whether the relay is closed, and closes it if nobody has needed it for
		 * some time.
		 */
		boolean closesWhenOver(long now) {
			if (isOpen() && (!RelayRoute.this.accepted || this.relay.clients() > 0)) {
				this.idleSince = null;
				return false;
			}
			Long since = this.idleSince;
			this.idleSince = (since != null) ? since : now;
			if (isOpen() && (since == null || now - since < LINGER.toNanos())) {
				return false;
			}
			this.relay.close();
			return true;
		}

	}

}
