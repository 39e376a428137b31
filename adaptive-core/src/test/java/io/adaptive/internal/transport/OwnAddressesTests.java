package io.adaptive.internal.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnAddressesTests {

	private static final InetAddress ADDRESS = address("192.0.2.1");

	private static final InetAddress OTHER = address("192.0.2.2");

	private volatile Set<LocalAddress> present = Set.of(up(ADDRESS));

	private final AtomicInteger looks = new AtomicInteger();

	private final AtomicInteger told = new AtomicInteger();

	private final OwnAddresses addresses = new OwnAddresses(this::look, Duration.ofMillis(1));

	@AfterEach
	void close() {
		this.addresses.close();
	}

	private static InetAddress address(String text) {
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static LocalAddress up(InetAddress address) {
		return new LocalAddress("interface", address, 24, true);
	}

	private Set<LocalAddress> look() {
		this.looks.incrementAndGet();
		return this.present;
	}

	private void awaitLooks(int count) {
		int before = this.looks.get();
		Awaitility.await().until(() -> this.looks.get() >= before + count);
	}

	@Test
	void anAddressThatIsGoneIsToldUntilItIsBackOrNobodyWatches() {
		OwnAddresses.Watch watch = this.addresses.watch(ADDRESS, this.told::incrementAndGet);
		awaitLooks(3);
		assertThat(this.told).hasValue(0);
		this.present = Set.of(up(OTHER));
		Awaitility.await().until(() -> this.told.get() >= 2);
		this.present = Set.of(up(ADDRESS), up(OTHER));
		awaitLooks(2);
		int back = this.told.get();
		awaitLooks(3);
		assertThat(this.told).hasValue(back);
		this.present = Set.of();
		Awaitility.await().until(() -> this.told.get() > back);
		this.addresses.watch(ADDRESS, () -> {
		});
		watch.close();
		awaitLooks(2);
		int closed = this.told.get();
		awaitLooks(3);
		assertThat(this.told).hasValue(closed);
	}

	@Test
	void anAddressThatWasNeverOneOfAnInterfaceIsNotGone() {
		this.addresses.watch(OTHER, this.told::incrementAndGet);
		awaitLooks(5);
		assertThat(this.told).hasValue(0);
	}

	@Test
	void aWatchThatFailsIsToldAgainAndHindersNoOther() {
		AtomicInteger failed = new AtomicInteger();
		this.addresses.watch(ADDRESS, () -> {
			failed.incrementAndGet();
			throw new InternalError("as when there are too many threads");
		});
		this.addresses.watch(ADDRESS, this.told::incrementAndGet);
		awaitLooks(2);
		this.present = Set.of();
		Awaitility.await().until(() -> this.told.get() >= 2 && failed.get() >= 2);
	}

	@Test
	void whoDependsOnAllAddressesIsToldOfEachChange() {
		OwnAddresses.ChangeWatch watch = this.addresses.onChange(this.told::incrementAndGet);
		awaitLooks(3);
		assertThat(this.told).hasValue(0);
		this.present = Set.of(up(ADDRESS), up(OTHER));
		Awaitility.await().until(() -> this.told.get() == 1);
		this.present = Set.of(up(ADDRESS), new LocalAddress("interface", OTHER, 16, true));
		Awaitility.await().until(() -> this.told.get() == 2);
		this.present = Set.of(up(ADDRESS), new LocalAddress("interface", OTHER, 16, false));
		Awaitility.await().until(() -> this.told.get() == 3);
		awaitLooks(3);
		assertThat(this.told).hasValue(3);
		this.addresses.watch(ADDRESS, () -> {
		});
		watch.close();
		this.present = Set.of();
		awaitLooks(3);
		assertThat(this.told).hasValue(3);
	}

	/**
	 * It could be gone before the next look, and never have been there for the watch.
	 */
	@Test
	void anAddressThatCameSinceTheLastLookIsLookedForAtOnce() {
		try (OwnAddresses seldom = new OwnAddresses(this::look, Duration.ofHours(1))) {
			seldom.watch(ADDRESS, this.told::incrementAndGet);
			Awaitility.await().until(() -> this.looks.get() == 1);
			seldom.watch(ADDRESS, this.told::incrementAndGet);
			this.present = Set.of(up(ADDRESS), up(OTHER));
			seldom.watch(OTHER, this.told::incrementAndGet);
			Awaitility.await().until(() -> this.looks.get() == 2);
			assertThat(this.told).hasValue(0);
		}
	}

	@Test
	void nothingIsLookedAtUnlessSomethingIsWatched() {
		assertThat(this.looks).hasValue(0);
		this.addresses.watch(ADDRESS, this.told::incrementAndGet).close();
		Awaitility.await().until(() -> threads() == 0);
		int before = this.looks.get();
		this.addresses.watch(ADDRESS, this.told::incrementAndGet);
		Awaitility.await().until(() -> this.looks.get() > before);
		this.addresses.close();
		Awaitility.await().until(() -> threads() == 0);
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("adaptive-addresses"))
			.count();
	}

}
