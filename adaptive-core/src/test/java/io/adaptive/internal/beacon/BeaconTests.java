package io.adaptive.internal.beacon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.LanSettings;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.Lookup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Beacons with real sockets, on the loopback only.
 */
@Timeout(60)
class BeaconTests {

	private static final ServiceName HELLO = new ServiceName("example", "hello");

	private static final Endpoint.Tcp TCP = new Endpoint.Tcp("127.0.0.1", 7_001);

	private final int port = freePort();

	private final List<Beacon> beacons = new ArrayList<>();

	private static int freePort() {
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(0))) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Beacon beacon() {
		return beacon((settings) -> settings);
	}

	private Beacon beacon(UnaryOperator<LanSettings> settings) {
		Instance self = new Instance(new ProviderId("here"), this.beacons.size() + 1);
		Beacon beacon = new Beacon(self, settings.apply(LanSettings.DEFAULT.port(this.port).interfaces("lo")),
				List.of());
		this.beacons.add(beacon);
		return beacon;
	}

	@AfterEach
	void close() {
		this.beacons.forEach(Beacon::close);
	}

	private static List<ServiceInstance> find(Beacon beacon) {
		return beacon.find(ServicePattern.of(HELLO));
	}

	private static void awaitFound(Beacon beacon, int count) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(2))
			.untilAsserted(() -> assertThat(find(beacon)).hasSize(count));
	}

	@Test
	void twoBeaconsOfOneProgramShareThePort() {
		Beacon one = beacon();
		Beacon other = beacon();
		AtomicInteger changes = new AtomicInteger();
		Lookup.Watch watch = other.watch(ServicePattern.of(HELLO), changes::incrementAndGet);
		Announcer.Announcement announcement = one.announce(HELLO, TCP);
		awaitFound(other, 1);
		assertThat(find(other).get(0).endpoints()).containsExactly(TCP);
		Awaitility.await().until(() -> changes.get() > 0);
		announcement.close();
		announcement.close();
		awaitFound(other, 0);
		watch.close();
		watch.close();
	}

	@Test
	void aRefreshCompletesWhenTheAnswersAreIn() {
		beacon().announce(HELLO, TCP);
		beacon().announce(HELLO, new Endpoint.Tcp("127.0.0.1", 7_002));
		Beacon asking = beacon();
		// An answer that takes too long is not waited for.
		Awaitility.await().until(() -> {
			asking.refresh(ServicePattern.of(HELLO)).join();
			return find(asking).size() == 2;
		});
	}

	@Test
	void signedBeaconsMeetAndStrangersDoNot() {
		Beacon one = beacon((settings) -> settings.secret("the secret of the house"));
		Beacon friend = beacon((settings) -> settings.secret("the secret of the house"));
		Beacon stranger = beacon();
		friend.refresh(ServicePattern.of(HELLO)).join();
		stranger.refresh(ServicePattern.of(HELLO)).join();
		one.announce(HELLO, TCP);
		awaitFound(friend, 1);
		Awaitility.await().untilAsserted(() -> assertThat(stranger.dropped()).containsKey("foreign_secret"));
		assertThat(find(stranger)).isEmpty();
		Awaitility.await().untilAsserted(() -> assertThat(friend.dropped()).containsKey("unsigned"));
	}

	@Test
	void aSeedAnswersForAllProgramsOfItsMachine() {
		Beacon one = beacon();
		Beacon other = beacon();
		one.announce(HELLO, TCP);
		other.announce(HELLO, new Endpoint.Tcp("127.0.0.1", 7_002));
		awaitFound(one, 2);
		awaitFound(other, 2);
		Beacon far = beacon((settings) -> settings.port(freePort())
			.interfaces("no-such-interface")
			.seeds(new Endpoint.Tcp("127.0.0.1", this.port)));
		far.watch(ServicePattern.of(HELLO), () -> {
		});
		awaitFound(far, 2);
		assertThat(find(far)).extracting((found) -> found.endpoints().get(0))
			.containsExactlyInAnyOrder(TCP, new Endpoint.Tcp("127.0.0.1", 7_002));
	}

	@Test
	void garbageDoesNotDisturb() throws IOException {
		Beacon one = beacon();
		Beacon other = beacon();
		one.announce(HELLO, TCP);
		awaitFound(one, 1);
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
			socket.setBroadcast(true);
			InetAddress everybody = InetAddress.getByName("127.255.255.255");
			for (int length : new int[] { 0, 1, 31, 500, 1_400, 1_401, 9_000 }) {
				socket.send(new DatagramPacket(new byte[length], length, everybody, this.port));
			}
		}
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(one.dropped()).containsEntry("oversized", 2L).containsEntry("malformed", 5L));
		other.refresh(ServicePattern.of(HELLO)).join();
		awaitFound(other, 1);
	}

	@Test
	void aPortThatAnotherProgramKeepsForItselfIsTakenAsSoonAsItIsFree() throws IOException {
		Beacon one;
		Beacon other;
		try (DatagramSocket selfish = new DatagramSocket(null)) {
			selfish.setReuseAddress(false);
			selfish.bind(new InetSocketAddress(this.port));
			one = beacon();
			other = beacon();
			one.announce(HELLO, TCP);
		}
		other.watch(ServicePattern.of(HELLO), () -> {
		});
		awaitFound(other, 1);
	}

	@Test
	void aBeaconThatIsNotUsedOpensNothing() {
		Beacon beacon = beacon();
		assertThat(find(beacon)).isEmpty();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("adaptive-lan");
	}

	@Test
	void aClosedBeaconIsSilentAndSaysSo() {
		Beacon beacon = beacon();
		Announcer.Announcement announcement = beacon.announce(HELLO, TCP);
		beacon.close();
		announcement.close();
		beacon.close();
		assertThatIllegalStateException().isThrownBy(() -> beacon.announce(HELLO, TCP)).withMessageContaining("closed");
		assertThat(beacon.refresh(ServicePattern.of(HELLO))).isCompleted();
	}

}
