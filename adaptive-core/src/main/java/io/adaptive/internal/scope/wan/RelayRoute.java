package io.adaptive.internal.scope.wan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.discovery.InstanceWatch;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.internal.proxy.Relay;
import io.adaptive.internal.proxy.RelayClient;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.settings.DiscoveryClock;
import org.jspecify.annotations.Nullable;

/**
 * Relay of a node for one root registry: by a gateway of the local network, or by the
 * registry itself if there is none. A node that the registry relays moves to a gateway
 * that appears later, or that was refused some time ago. A replaced relay stays open
 * until the registry has accepted the new one and no client is connected through the old
 * one. The same applies to all relays after the registry has reached the node directly.
 * Safe for use by many threads.
 */
final class RelayRoute implements AutoCloseable {

	/** Limit of the wait for a proxy; the relay continues its attempts after it. */
	static final Duration OPENING = Duration.ofSeconds(6);

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

	private final List<RelayLeg> retired = new ArrayList<>();

	private RelayLeg current;

	private @Nullable RelayLeg candidate;

	private long candidateSince;

	private boolean accepted;

	private boolean left;

	private @Nullable Thread thread;

	/**
	 * Creates the route, which starts to look for a proxy.
	 * @param last the proxy to use if no gateway is found
	 * @param gateways finds gateways, {@code null} for a route by one proxy only
	 * @param opener opens relays
	 * @param changed run when the current relay has changed or is lost
	 * @param clock the clock of the attempts with gateways, and of the end of old relays
	 */
	RelayRoute(Endpoint.Tcp last, @Nullable Discovery gateways, Relay.Opener opener, Runnable changed,
			DiscoveryClock clock) {
		this.last = last;
		this.gateways = gateways;
		this.opener = opener;
		this.changed = changed;
		this.clock = clock;
		this.refused = new RefusedGateways(clock);
		this.current = open(RelayLeg.Role.CURRENT);
	}

	/**
	 * Starts to look for better gateways while the registry relays the node.
	 */
	synchronized void start() {
		Discovery found = this.gateways;
		if (found != null && found.searches(RefusedGateways.ALL)) {
			start(() -> watch(found));
		}
	}

	private void start(Runnable work) {
		if (this.thread == null && !this.ended.isDone()) {
			this.thread = DaemonThreads.newThread(work, "adaptive-relay-route");
			this.thread.start();
		}
	}

	private void watch(Discovery found) {
		try (InstanceWatch watch = found.watch(RefusedGateways.ALL, this.ended)) {
			watch.onChange(this.wake::release);
			run();
		}
	}

	private void run() {
		try {
			while (!this.ended.isDone()) {
				this.clock.await(this.wake, look());
				this.wake.drainPermits();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private RelayLeg open(RelayLeg.Role role) {
		return new RelayLeg(role, this.opener, this::proxies, this::relayed);
	}

	private List<Endpoint> proxies(RelayLeg.Role role) {
		List<Endpoint> proxies = new ArrayList<>();
		Discovery found = this.gateways;
		if (found != null) {
			found.refresh(RefusedGateways.ALL);
			proxies.addAll(RelayClient.endpointsOf(this.refused.usable(found)));
		}
		if (role == RelayLeg.Role.CURRENT) {
			proxies.add(this.last);
		}
		return proxies;
	}

	private void relayed(RelayLeg.Role role) {
		if (role == RelayLeg.Role.CURRENT) {
			this.opened.release();
			this.changed.run();
		}
		this.wake.release();
	}

	/**
	 * Returns the address of the current relay.
	 */
	Optional<Endpoint.Relayed> endpoint() {
		return current().endpoint();
	}

	private synchronized RelayLeg current() {
		return this.current;
	}

	/**
	 * Waits for the relay, for {@link #OPENING} at most.
	 * @return the address of the relay, empty if it is not open
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
	 * Handles the acceptance of relays by the registry.
	 */
	synchronized void accepted(List<Endpoint.Relayed> relays) {
		this.current.endpoint().filter(relays::contains).ifPresent((endpoint) -> {
			this.accepted = true;
			this.refused.remove(endpoint.by());
			this.wake.release();
		});
	}

	/**
	 * Handles the refusal of relays by the registry. The relay before them is used again
	 * if it is still open.
	 */
	synchronized void refused(List<Endpoint.Relayed> relays) {
		if (this.gateways == null || this.ended.isDone()) {
			return;
		}
		relays.forEach((relay) -> this.refused.add(relay.by()));
		RelayLeg bad = this.current;
		RelayLeg before = this.retired.stream().filter(this::isUsable).findFirst().orElse(null);
		if (before != null) {
			this.retired.remove(before);
			before.use();
		}
		this.current = (before != null) ? before : open(RelayLeg.Role.CURRENT);
		retire(bad);
		// The registry still lists the relay before.
		this.accepted = before != null;
		if (bad.clients() == 0) {
			this.retired.remove(bad);
			bad.close();
		}
	}

	private boolean isUsable(RelayLeg leg) {
		return leg.endpoint().filter((endpoint) -> !this.refused.contains(endpoint.by())).isPresent();
	}

	/**
	 * Leaves the route, since the node is reached directly. The route ends when no client
	 * is connected through it; until then it has to be closed.
	 */
	synchronized void leave() {
		if (this.left || this.ended.isDone()) {
			return;
		}
		this.left = true;
		if (this.candidate != null) {
			this.candidate.close();
			this.candidate = null;
		}
		retire(this.current);
		this.accepted = true;
		this.wake.release();
		start(this::run);
	}

	/**
	 * Returns whether the route has ended.
	 */
	boolean isEnded() {
		return this.ended.isDone();
	}

	/**
	 * Closes old relays that are not needed, and moves to a gateway if the registry
	 * relays the node.
	 * @return the time until the next check, in nanoseconds
	 */
	synchronized long look() {
		if (this.ended.isDone()) {
			return 0;
		}
		long now = this.clock.nanoTime();
		this.retired.removeIf((leg) -> leg.closesWhenOver(now, !this.accepted));
		if (this.left) {
			return lookAfterLeaving();
		}
		RelayLeg trial = this.candidate;
		if (trial == null) {
			tryGateways(now);
		}
		else if (trial.isOpen()) {
			this.candidate = null;
			moveTo(trial);
		}
		else if (now - this.candidateSince >= OPENING.toNanos()) {
			this.candidate = null;
			trial.close();
			this.refused.usable(this.gateways).forEach((gateway) -> this.refused.add(gateway.instance()));
		}
		return (this.retired.isEmpty() && this.candidate == null) ? REST_NANOS : LOOK_NANOS;
	}

	private long lookAfterLeaving() {
		if (this.retired.isEmpty()) {
			this.ended.complete(null);
			return 0;
		}
		return LOOK_NANOS;
	}

	private void tryGateways(long now) {
		Endpoint.Relayed relayed = this.current.endpoint().orElse(null);
		if (relayed == null || !this.current.isAt(this.last)) {
			return;
		}
		List<Instance> usable = this.refused.usable(this.gateways).stream().map(ServiceInstance::instance).toList();
		if (usable.isEmpty() || usable.contains(relayed.by())) {
			return;
		}
		RelayLeg open = this.retired.stream().filter((leg) -> leg.isBy(usable)).findFirst().orElse(null);
		if (open != null) {
			this.retired.remove(open);
			moveTo(open);
			return;
		}
		this.candidateSince = now;
		this.candidate = open(RelayLeg.Role.CANDIDATE);
	}

	private void moveTo(RelayLeg better) {
		RelayLeg before = this.current;
		better.use();
		this.current = better;
		retire(before);
		logger.info("relay replaced by that of a gateway endpoint={} before={} clients={}",
				better.endpoint().orElse(null), before.endpoint().orElse(null), before.clients());
		this.changed.run();
	}

	private void retire(RelayLeg leg) {
		leg.retire();
		this.accepted = false;
		this.retired.add(leg);
	}

	@Override
	public synchronized void close() {
		this.ended.complete(null);
		this.wake.release();
		this.current.close();
		if (this.candidate != null) {
			this.candidate.close();
		}
		this.retired.forEach(RelayLeg::close);
		this.retired.clear();
	}

}
