package io.adaptive.test;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;
import io.adaptive.spi.DialInterceptor;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import org.jspecify.annotations.Nullable;

/**
 * All links of a network that a test can reach, and what is said about them.
 */
final class FaultyLinks implements DialInterceptor, AutoCloseable {

	private final FaultScheduler scheduler;

	private final LinkFaults ofAll = new LinkFaults(this, null);

	private final Map<ServiceName, LinkFaults> ofService = new ConcurrentHashMap<>();

	private final Set<FaultyLink> links = ConcurrentHashMap.newKeySet();

	private final Queue<HeldDial> heldDials = new ConcurrentLinkedQueue<>();

	private final AtomicInteger opened = new AtomicInteger();

	private volatile long seed;

	FaultyLinks(TestClock clock) {
		this.scheduler = new FaultScheduler(clock);
	}

	FaultScheduler scheduler() {
		return this.scheduler;
	}

	LinkFaults ofAll() {
		return this.ofAll;
	}

	LinkFaults of(ServiceName service) {
		return this.ofService.computeIfAbsent(service, (name) -> new LinkFaults(this, name));
	}

	void seed(long seed) {
		this.seed = seed;
		this.opened.set(0);
	}

	/**
	 * What is said about one service replaces what is said about all.
	 */
	Faults faultsOf(ServiceName service) {
		LinkFaults own = this.ofService.get(service);
		return (own != null && !own.faults().equals(Faults.NONE)) ? own.faults() : this.ofAll.faults();
	}

	Losses.@Nullable Moment takeLoss(ServiceName service, String message) {
		LinkFaults own = this.ofService.get(service);
		Losses.Moment moment = (own != null) ? own.takeLoss(message) : null;
		return (moment != null) ? moment : this.ofAll.takeLoss(message);
	}

	private boolean takeRefusal(ServiceName service) {
		LinkFaults own = this.ofService.get(service);
		return (own != null && own.takeRefusal()) || this.ofAll.takeRefusal();
	}

	void lose(@Nullable ServiceName service) {
		linksTo(service).forEach(FaultyLink::lose);
	}

	private Stream<FaultyLink> linksTo(@Nullable ServiceName service) {
		return this.links.stream().filter((link) -> service == null || service.equals(link.service()));
	}

	void forget(FaultyLink link) {
		this.links.remove(link);
	}

	/**
	 * Ends what is said about a service, {@code null} for all that is said.
	 */
	void reset(@Nullable ServiceName service) {
		if (service == null) {
			this.ofAll.clear();
			this.ofService.values().forEach(LinkFaults::clear);
		}
		else {
			of(service).clear();
		}
		linksTo(service).forEach(FaultyLink::hurry);
		faultsChanged();
	}

	void faultsChanged() {
		this.scheduler.faultsChanged();
		this.heldDials.removeIf((held) -> {
			boolean free = !faultsOf(held.service).held();
			if (free) {
				held.dial.run();
			}
			return free;
		});
	}

	@Override
	public CompletableFuture<Link> dial(ServiceName service, LinkAcceptor acceptor,
			Function<LinkAcceptor, CompletableFuture<Link>> dial) {
		if (service.isBuiltin()) {
			return dial.apply(acceptor);
		}
		if (faultsOf(service).held()) {
			return dialLater(service, acceptor, dial);
		}
		if (takeRefusal(service)) {
			return CompletableFuture.failedFuture(new ConnectionRefusedException(ErrorCode.UNAVAILABLE,
					"connection to %s refused by the test's LinkFaults".formatted(service)));
		}
		return dialNow(acceptor, dial);
	}

	private CompletableFuture<Link> dialLater(ServiceName service, LinkAcceptor acceptor,
			Function<LinkAcceptor, CompletableFuture<Link>> dial) {
		CompletableFuture<Link> result = new CompletableFuture<>();
		this.heldDials.add(new HeldDial(service, () -> dialNow(acceptor, dial).whenComplete((link, error) -> {
			if (error != null) {
				result.completeExceptionally(error);
			}
			else {
				result.complete(link);
			}
		})));
		return result;
	}

	private CompletableFuture<Link> dialNow(LinkAcceptor acceptor,
			Function<LinkAcceptor, CompletableFuture<Link>> dial) {
		AtomicReference<@Nullable Link> faulty = new AtomicReference<>();
		return dial.apply((link) -> {
			FaultyLink shown = new FaultyLink(link, this, this.seed + this.opened.incrementAndGet());
			Link.Receiver receiver = acceptor.accept(shown);
			faulty.set(shown);
			this.links.add(shown);
			return shown.receiving(receiver);
		}).thenApply((link) -> {
			Link shown = faulty.get();
			return (shown != null) ? shown : link;
		});
	}

	@Override
	public void close() {
		this.scheduler.close();
	}

	private record HeldDial(ServiceName service, Runnable dial) {
	}

}
