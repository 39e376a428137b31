package io.adaptive.internal.builtin.root;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.internal.registry.NodeAddress;
import io.adaptive.internal.registry.Registration;
import io.adaptive.internal.registry.Registry;
import io.adaptive.internal.registry.RegistryWatch;
import io.adaptive.internal.registry.Update;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.LeaseTimes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client loses its registry and an instance, and both come back, in every order: in the
 * end it knows what the registry knows. The clock of the registry is passed in.
 */
class ForgottenNodesTests {

	private static final ServiceName SERVICE = new ServiceName("a", "x");

	private static final Instance INSTANCE = new Instance(new ProviderId("instance"), 1);

	private static final Instance OTHER = new Instance(new ProviderId("other"), 2);

	@TempDir
	Path directory;

	private final AtomicLong clock = new AtomicLong();

	private Registry registry;

	private int runs;

	@BeforeEach
	void openRegistry() {
		this.registry = new Registry(this.directory.resolve("first"), LeaseTimes.DEFAULT, this.clock::get);
	}

	@AfterEach
	void closeRegistry() {
		this.registry.close();
	}

	/**
	 * What happens to the client, or to what it uses.
	 */
	private enum Event {

		/** The stream of the watch ends. */
		REGISTRY_LOST,

		/** The client cannot reach the instance. */
		INSTANCE_UNREACHABLE,

		/** The registry loses the instance. */
		INSTANCE_LOST,

		/** The watch is opened again. */
		REGISTRY_BACK,

		/** The instance registers again. */
		INSTANCE_BACK

	}

	@Test
	void inEveryOrderTheClientKnowsInTheEndWhatTheRegistryKnows() {
		for (Set<Event> events : subsets()) {
			for (List<Event> order : orders(events)) {
				run(order, false, false);
				run(order, false, true);
				run(order, true, false);
			}
		}
		assertThat(this.runs).isEqualTo(3 * (1 + 3 + 6 + 3 + 12 + 30));
	}

	/**
	 * The registry is always lost and comes back.
	 */
	private static List<Set<Event>> subsets() {
		EnumSet<Event> registry = EnumSet.of(Event.REGISTRY_LOST, Event.REGISTRY_BACK);
		List<Set<Event>> subsets = new ArrayList<>();
		for (boolean unreachable : new boolean[] { false, true }) {
			for (List<Event> instance : List.of(List.<Event>of(), List.of(Event.INSTANCE_LOST),
					List.of(Event.INSTANCE_LOST, Event.INSTANCE_BACK))) {
				EnumSet<Event> events = EnumSet.copyOf(registry);
				events.addAll(instance);
				if (unreachable) {
					events.add(Event.INSTANCE_UNREACHABLE);
				}
				subsets.add(events);
			}
		}
		return subsets;
	}

	private static List<List<Event>> orders(Set<Event> events) {
		if (events.isEmpty()) {
			return List.of(List.of());
		}
		List<List<Event>> orders = new ArrayList<>();
		for (Event last : events) {
			boolean early = (last == Event.REGISTRY_LOST && events.contains(Event.REGISTRY_BACK))
					|| (last == Event.INSTANCE_LOST && events.contains(Event.INSTANCE_BACK));
			if (!early) {
				Set<Event> before = new HashSet<>(events);
				before.remove(last);
				orders(before).forEach((order) -> {
					List<Event> longer = new ArrayList<>(order);
					longer.add(last);
					orders.add(longer);
				});
			}
		}
		return orders;
	}

	private void run(List<Event> order, boolean restarted, boolean late) {
		this.runs++;
		World world = new World(this.registry, this.clock, this.directory.resolve("run" + this.runs), late);
		order.forEach((event) -> world.happens(event, restarted));
		world.settle();
		assertThat(world.known()).as("order %s, registry restarted %s, an update is late %s", order, restarted, late)
			.isEqualTo(world.registered);
		world.end(this.registry);
	}

	/**
	 * A registry, and one client of it.
	 */
	private static final class World {

		private final AtomicLong clock;

		private final Path directory;

		/** Updates that come when their stream is over. */
		private final boolean late;

		private final Set<Instance> registered = new HashSet<>();

		private final KnownNodes known = new KnownNodes("registry.example");

		private final List<Runnable> onTheWay = new ArrayList<>();

		private Registry registry;

		private @Nullable RegistryWatch watch;

		private Object stream = new Object();

		World(Registry registry, AtomicLong clock, Path directory, boolean late) {
			this.registry = registry;
			this.clock = clock;
			this.directory = directory;
			this.late = late;
			register(INSTANCE);
			openWatch();
			deliver();
			passLease();
		}

		private void register(Instance instance) {
			this.registered.add(instance);
			this.registry
				.register(instance, List.of(new NodeAddress("10.0.0.1", 7000, null, true)), Set.of(SERVICE),
						this.registered)
				.join();
		}

		/**
		 * Lets so much time pass that the registry is settled, in which the nodes renew
		 * their leases.
		 */
		private void passLease() {
			this.clock.addAndGet(LeaseTimes.DEFAULT.lease().toNanos());
			List.copyOf(this.registered).forEach(this::register);
			this.registry.tick();
			deliver();
		}

		private void openWatch() {
			this.stream = new Object();
			this.watch = this.registry.watch(ServicePattern.of(SERVICE), this.known.open(this.stream), () -> {
				// It is polled after each event.
			});
		}

		private void deliver() {
			for (RegistryUpdate update : updates()) {
				this.known.update(this.stream, update);
			}
		}

		private List<RegistryUpdate> updates() {
			List<RegistryUpdate> updates = new ArrayList<>();
			Update update = (this.watch != null) ? this.watch.poll(1) : null;
			while (update != null) {
				updates.add(new RegistryUpdate(update.position().incarnation(), update.position().revision(),
						update.fresh(), update.complete(), update.settled(), RegistryForms.nodes(update.nodes())));
				update = Objects.requireNonNull(this.watch).poll(1);
			}
			return updates;
		}

		private void happens(Event event, boolean restarted) {
			switch (event) {
				case REGISTRY_LOST -> loseRegistry();
				case INSTANCE_UNREACHABLE -> this.known.forget(INSTANCE);
				case INSTANCE_LOST -> loseInstance();
				case REGISTRY_BACK -> reachRegistry(restarted);
				case INSTANCE_BACK -> register(INSTANCE);
			}
			deliver();
		}

		private void loseInstance() {
			long epoch = Objects.requireNonNull(this.registry.find(INSTANCE)).epoch();
			this.registry.unregister(epoch, this.registered);
			this.registered.remove(INSTANCE);
		}

		private void loseRegistry() {
			register(OTHER);
			Object before = this.stream;
			List<RegistryUpdate> sent = updates();
			Runnable arrive = () -> sent.forEach((update) -> this.known.update(before, update));
			if (this.late) {
				this.onTheWay.add(arrive);
			}
			else {
				arrive.run();
			}
			Objects.requireNonNull(this.watch).close();
			this.watch = null;
			this.known.closed();
		}

		private void reachRegistry(boolean restarted) {
			if (restarted) {
				this.registry = new Registry(this.directory, LeaseTimes.DEFAULT, this.clock::get);
				List.copyOf(this.registered).forEach(this::register);
			}
			this.onTheWay.forEach(Runnable::run);
			openWatch();
		}

		/**
		 * Lets everything arrive, also what comes too late.
		 */
		private void settle() {
			deliver();
			this.onTheWay.forEach(Runnable::run);
			passLease();
		}

		private void end(Registry shared) {
			if (this.registry != shared) {
				this.registry.close();
			}
			Objects.requireNonNull(this.watch).close();
			for (Instance instance : List.of(INSTANCE, OTHER)) {
				Registration left = shared.find(instance);
				if (left != null) {
					shared.register(instance, left.addresses(), left.services(), this.registered).join();
					shared.unregister(left.epoch(), this.registered);
				}
			}
		}

		private Set<Instance> known() {
			Set<Instance> instances = new HashSet<>();
			this.known.collect(ServicePattern.of(SERVICE), (each) -> instances.add(each.instance()));
			return instances;
		}

	}

}
