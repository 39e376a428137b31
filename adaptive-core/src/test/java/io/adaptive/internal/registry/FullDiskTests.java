package io.adaptive.internal.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.fixture.LogLines;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.LeaseTimes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A registry whose disk is full. The disk is passed in.
 */
class FullDiskTests {

	private static final String NO_SPACE = "No space left on device";

	@RegisterExtension
	final LogLines log = new LogLines();

	@TempDir
	Path directory;

	private final AtomicLong clock = new AtomicLong();

	private final Object owner = new Object();

	private volatile boolean full;

	private final Random random = new Random(7);

	private Registry open() {
		return new Registry(this.directory, LeaseTimes.DEFAULT, this.clock::get, (file, bytes) -> {
			if (this.full) {
				// What fits is written.
				Disk.OF_THE_MACHINE.write(file, Arrays.copyOf(bytes, this.random.nextInt(bytes.length)));
				throw new IOException(NO_SPACE);
			}
			Disk.OF_THE_MACHINE.write(file, bytes);
		});
	}

	private CompletableFuture<Registration> register(Registry registry, int node, String... services) {
		return registry.register(Registered.instance(node), Registered.at(7000 + node), Registered.services(services),
				this.owner);
	}

	private static List<Registration> found(Registry registry) {
		return registry.query(ServicePattern.ALL, 0, 1000).nodes();
	}

	private static List<Registration> told(RegistryWatch watch) {
		List<Registration> told = new ArrayList<>();
		for (Update update = watch.poll(1000); update != null; update = watch.poll(1000)) {
			told.addAll(update.nodes());
		}
		return told;
	}

	private static void assertRefused(CompletableFuture<?> refused) {
		assertThatThrownBy(() -> refused.get(60, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOfSatisfying(AdaptiveException.class,
					(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED))
			.hasMessageContaining("cannot write its journal")
			.hasMessageContaining(NO_SPACE);
	}

	private static void done(CompletableFuture<?> done) {
		assertThat(done).succeedsWithin(60, TimeUnit.SECONDS);
	}

	@Test
	void whatIsRefusedIsNeitherFoundNorTold() {
		try (Registry registry = open()) {
			done(register(registry, 1, "x"));
			RegistryWatch watch = registry.watch(ServicePattern.ALL, Position.NONE, () -> {
			});
			assertThat(told(watch)).containsExactly(Registered.registration(1, 1, "x"));
			this.full = true;
			for (int i = 0; i < 3; i++) {
				assertRefused(register(registry, 2, "y"));
				assertRefused(register(registry, 1, "x", "y"));
				assertRefused(registry.change(1, Registered.services("z"), this.owner));
				assertThat(told(watch)).isEmpty();
				assertThat(found(registry)).containsExactly(Registered.registration(1, 1, "x"));
				assertThat(registry.find(Registered.instance(2))).isNull();
				assertThat(registry.writeFailure()).contains(NO_SPACE);
				registry.tick();
			}
			// What changes nothing needs no room.
			done(register(registry, 1, "x"));
			registry.renew(1, this.owner);
			assertThat(told(watch)).isEmpty();
			this.full = false;
			becomesWritable(registry);
			done(register(registry, 2, "y"));
			assertThat(told(watch)).singleElement()
				.satisfies((node) -> assertThat(node.instance()).isEqualTo(Registered.instance(2)));
			watch.close();
		}
		assertThat(this.log.warnings()).singleElement().asString().startsWith("ERROR journal cannot be written");
	}

	private void becomesWritable(Registry registry) {
		Awaitility.await().pollInterval(5, TimeUnit.MILLISECONDS).atMost(60, TimeUnit.SECONDS).until(() -> {
			registry.tick();
			return registry.writeFailure() == null;
		});
	}

	@Test
	void itStartsAndServesWhatItHasAndWritesAgainWhenThereIsRoom() {
		try (Registry registry = open()) {
			done(register(registry, 1, "x"));
			done(register(registry, 2, "y"));
		}
		this.full = true;
		try (Registry registry = open()) {
			assertThat(registry.writeFailure()).contains(NO_SPACE);
			assertThat(found(registry)).extracting(Registration::instance)
				.containsExactly(Registered.instance(1), Registered.instance(2));
			done(register(registry, 1, "x"));
			assertRefused(register(registry, 3, "z"));
			registry.tick();
			assertThat(found(registry)).hasSize(2);
		}
		// Nothing was lost by what could not be written.
		try (Registry registry = open()) {
			assertThat(found(registry)).hasSize(2);
			this.full = false;
			becomesWritable(registry);
			done(register(registry, 3, "z"));
		}
		try (Registry registry = open()) {
			assertThat(found(registry)).extracting(Registration::services)
				.containsExactly(Registered.services("x"), Registered.services("y"), Registered.services("z"));
		}
	}

	@Test
	void aNodeThatLeavesIsGoneThoughThatCannotBeWritten() {
		try (Registry registry = open()) {
			done(register(registry, 1, "x"));
			done(register(registry, 2, "y"));
			RegistryWatch watch = registry.watch(ServicePattern.ALL, Position.NONE, () -> {
			});
			assertThat(told(watch)).hasSize(2);
			this.full = true;
			done(registry.unregister(1, this.owner));
			registry.disconnected(2, this.owner);
			assertThat(told(watch)).extracting(Registration::services).containsExactly(Set.of(), Set.of());
			assertThat(found(registry)).isEmpty();
			watch.close();
		}
	}

	/**
	 * The disk is full and is not, at any moment: what was confirmed is there after a
	 * restart, what was refused was never told.
	 */
	@Test
	void whateverWasConfirmedIsThereAndWhateverWasRefusedWasNeverTold() {
		for (int round = 0; round < 20; round++) {
			List<Integer> confirmed = new ArrayList<>();
			Path place = this.directory.resolve("round" + round);
			try (Registry registry = new Registry(place, LeaseTimes.DEFAULT, this.clock::get, (file, bytes) -> {
				boolean partly = this.random.nextInt(3) == 0;
				Disk.OF_THE_MACHINE.write(file, partly ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
				if (partly) {
					throw new IOException(NO_SPACE);
				}
			})) {
				RegistryWatch watch = registry.watch(ServicePattern.ALL, Position.NONE, () -> {
				});
				assertThat(told(watch)).isEmpty();
				for (int node = 1; node <= 30; node++) {
					registry.tick();
					if (isConfirmed(register(registry, node, "x" + node))) {
						confirmed.add(node);
					}
				}
				assertThat(told(watch)).extracting((node) -> (int) node.instance().incarnation()).isEqualTo(confirmed);
				watch.close();
			}
			try (Registry registry = new Registry(place, LeaseTimes.DEFAULT, this.clock::get)) {
				assertThat(found(registry)).extracting((node) -> (int) node.instance().incarnation())
					.isEqualTo(confirmed);
			}
		}
	}

	private static boolean isConfirmed(CompletableFuture<Registration> registered) {
		return registered.handle((registration, refusal) -> refusal == null).orTimeout(60, TimeUnit.SECONDS).join();
	}

}
