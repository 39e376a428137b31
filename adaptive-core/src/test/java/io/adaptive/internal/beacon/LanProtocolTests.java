package io.adaptive.internal.beacon;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.adaptive.internal.beacon.TestNetwork.Member;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LanProtocolTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final String SECRET = "a secret of the network";

	private final TestNetwork network = new TestNetwork(1);

	private static ServicePattern pattern(String name) {
		return new ServicePattern("example", name);
	}

	@Test
	void whatIsPublishedIsKnownToAllAtOnce() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.announce("hello");
		this.network.pass(Duration.ofMillis(10));
		assertThat(other.find("hello")).containsExactly(new ServiceInstance(new ServiceName("example", "hello"),
				server.instance, Scope.LAN, List.of(new Endpoint.Tcp("10.0.1.1", 7_000))));
		assertThat(other.changes).containsExactly(new ServiceName("example", "hello"));
	}

	@Test
	void whatIsAdvertisedIsToldInsteadOfTheAddressesOfTheInterfaces() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.protocol.listensAt(new Endpoint.Tcp("::", 7_000), List.of("server.example"));
		server.announce("hello");
		this.network.pass(Duration.ofMillis(10));
		assertThat(other.find("hello").get(0).endpoints()).containsExactly(new Endpoint.Tcp("10.0.1.1", 7_000),
				new Endpoint.Tcp("server.example", 7_000));
	}

	@Test
	void aNodeFindsItsOwnServices() {
		Member server = this.network.add("10.0.1.1");
		server.announce("hello");
		assertThat(server.find("h*")).extracting(ServiceInstance::instance).containsExactly(server.instance);
	}

	@Test
	void whatIsTakenBackIsForgottenAtOnce() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.announce("hello", "good-day");
		this.network.pass(SECOND);
		server.withdraw("hello");
		this.network.pass(Duration.ofMillis(10));
		assertThat(other.find("*")).extracting((found) -> found.service().name()).containsExactly("good-day");
	}

	@Test
	void aNodeThatClosesSaysGoodbye() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.announce("hello", "good-day");
		this.network.pass(SECOND);
		server.protocol.close();
		server.vanish();
		this.network.pass(Duration.ofMillis(10));
		assertThat(other.find("*")).isEmpty();
	}

	@Test
	void aLateComerFindsWhatIsThereByAsking() {
		Member server = this.network.add("10.0.1.1");
		server.announce("hello");
		this.network.pass(Duration.ofSeconds(2));
		Member other = this.network.add("10.0.1.2");
		other.protocol.ask(pattern("h*"));
		assertThat(this.network.until(() -> other.knows("hello"), SECOND)).isLessThan(Duration.ofMillis(10));
	}

	@Test
	void onlyThoseAnswerWhoOfferWhatIsAskedFor() {
		Member server = this.network.add("10.0.1.1");
		server.announce("hello");
		this.network.pass(SECOND);
		int before = server.datagramsSent;
		Member other = this.network.add("10.0.1.2");
		other.protocol.ask(pattern("something-else"));
		this.network.pass(SECOND);
		assertThat(server.datagramsSent).isEqualTo(before);
	}

	@Test
	void questionsAreRepeatedEverMoreSlowly() {
		Member asker = this.network.add("10.0.1.1");
		asker.protocol.ask(pattern("hello"));
		this.network.pass(SECOND);
		assertThat(asker.datagramsSent).isBetween(4, 6);
		this.network.pass(Duration.ofSeconds(9));
		asker.datagramsSent = 0;
		this.network.pass(Duration.ofSeconds(30));
		assertThat(asker.datagramsSent).isBetween(8, 13);
		asker.protocol.stopAsking(pattern("hello"));
		asker.datagramsSent = 0;
		this.network.pass(Duration.ofSeconds(30));
		assertThat(asker.datagramsSent).isZero();
	}

	@Test
	void whatIsPublishedIsToldThreeTimesAndThenNowAndThen() {
		Member server = this.network.add("10.0.1.1");
		server.announce("hello");
		this.network.pass(Duration.ofMillis(400));
		assertThat(server.datagramsSent).isEqualTo(3);
		this.network.pass(Duration.ofSeconds(60));
		assertThat(server.datagramsSent).isBetween(3 + 10, 3 + 14);
	}

	@Test
	void withALossOfThirtyPercentAServiceAppearsInHalfASecond() {
		List<Duration> waiting = new ArrayList<>();
		for (int seed = 0; seed < 200; seed++) {
			TestNetwork lossy = lossy(seed);
			Member asker = lossy.add("10.0.1.2");
			asker.protocol.ask(pattern("hello"));
			lossy.pass(Duration.ofSeconds(20));
			Member server = lossy.add("10.0.1.1");
			server.announce("hello");
			waiting.add(lossy.until(() -> asker.knows("hello"), Duration.ofSeconds(20)));
		}
		Collections.sort(waiting);
		assertThat(waiting.get(190)).isLessThan(Duration.ofMillis(500));
	}

	@Test
	void withALossOfThirtyPercentASignedServiceAppearsInHalfASecond() {
		List<Duration> waiting = new ArrayList<>();
		for (int seed = 0; seed < 200; seed++) {
			TestNetwork lossy = lossy(seed);
			Member asker = lossy.add("10.0.1.2", (settings) -> settings.secret(SECRET), NodeMonitor.NONE);
			asker.protocol.ask(pattern("hello"));
			lossy.pass(Duration.ofSeconds(20));
			Member server = lossy.add("10.0.1.1", (settings) -> settings.secret(SECRET), NodeMonitor.NONE);
			server.announce("hello");
			waiting.add(lossy.until(() -> asker.knows("hello"), Duration.ofSeconds(20)));
		}
		Collections.sort(waiting);
		assertThat(waiting.get(160)).isLessThan(Duration.ofMillis(500));
	}

	@Test
	void withALossOfThirtyPercentALateComerFindsWhatIsThereInHalfASecond() {
		List<Duration> waiting = new ArrayList<>();
		for (int seed = 0; seed < 200; seed++) {
			TestNetwork lossy = lossy(seed);
			lossy.add("10.0.1.1").announce("hello");
			lossy.pass(Duration.ofSeconds(2));
			Member asker = lossy.add("10.0.1.2");
			asker.protocol.ask(pattern("hello"));
			waiting.add(lossy.until(() -> asker.knows("hello"), Duration.ofSeconds(20)));
		}
		Collections.sort(waiting);
		assertThat(waiting.get(180)).isLessThan(Duration.ofMillis(500));
	}

	private static TestNetwork lossy(long seed) {
		TestNetwork lossy = new TestNetwork(seed);
		lossy.loss = 0.3;
		return lossy;
	}

	@Test
	void datagramsMayOvertakeEachOtherAndComeTwice() {
		for (int seed = 0; seed < 100; seed++) {
			TestNetwork wild = new TestNetwork(seed);
			wild.loss = 0.1;
			wild.repeated = 0.5;
			wild.slowest = Duration.ofMillis(300);
			Member server = wild.add("10.0.1.1");
			Member other = wild.add("10.0.1.2");
			server.announce("a", "b");
			wild.pass(Duration.ofMillis(50));
			server.withdraw("a");
			server.announce("c");
			wild.pass(Duration.ofMillis(50));
			server.withdraw("b");
			wild.pass(Duration.ofSeconds(7));
			assertThat(other.find("*")).as("seed %d", seed)
				.extracting((found) -> found.service().name())
				.containsExactly("c");
		}
	}

	@Test
	void aNodeThatFallsSilentIsForgottenAfterSixteenSeconds() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.announce("hello");
		this.network.pass(Duration.ofSeconds(60));
		assertThat(other.knows("hello")).isTrue();
		server.vanish();
		assertThat(this.network.until(() -> !other.knows("hello"), Duration.ofSeconds(20)))
			.isBetween(Duration.ofSeconds(10), Duration.ofSeconds(17));
		this.network.pass(Duration.ofSeconds(20));
		assertThat(other.protocol.nextDue()).as("nothing is left to do").isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void thousandsOfServicesAreToldInManyDatagrams() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.announce(names(3_000));
		this.network.pass(SECOND);
		assertThat(other.find("*")).hasSize(3_000);
		assertThat(this.network.recordings).allMatch((sent) -> sent.datagram().length <= Datagram.MAX_BYTES);
		this.network.pass(Duration.ofSeconds(30));
		assertThat(other.find("*")).hasSize(3_000);
	}

	private static String[] names(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "service-number-" + i).toArray(String[]::new);
	}

	@Test
	void aSilentNodeThatComesBackIsFoundAgain() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.announce("hello");
		other.protocol.ask(pattern("hello"));
		this.network.pass(SECOND);
		this.network.loss = 1;
		this.network.until(() -> !other.knows("hello"), Duration.ofSeconds(20));
		this.network.loss = 0;
		assertThat(this.network.until(() -> other.knows("hello"), Duration.ofSeconds(20)))
			.isLessThan(Duration.ofSeconds(4));
	}

	@Test
	void aSeedIsAskedAndToldDirectlyAndAnswersForItsWholeMachine() {
		Member first = this.network.add("10.0.1.1");
		Member second = this.network.add("10.0.1.1");
		first.announce("one");
		second.announce("two");
		this.network.pass(SECOND);
		Member far = this.network.add("10.0.2.1", (settings) -> settings.seeds(new Endpoint.Tcp("10.0.1.1", 0)),
				NodeMonitor.NONE);
		far.protocol.ask(pattern("*"));
		this.network.pass(SECOND);
		assertThat(far.find("*")).extracting((found) -> found.endpoints().get(0))
			.containsExactlyInAnyOrder(new Endpoint.Tcp("10.0.1.1", 7_000), new Endpoint.Tcp("10.0.1.1", 7_001));
		far.announce("far");
		this.network.pass(SECOND);
		assertThat(second.knows("far")).as("was told").isTrue();
		assertThat(first.find("far")).as("was told by the other")
			.singleElement()
			.satisfies((found) -> assertThat(found.endpoints()).containsExactly(new Endpoint.Tcp("10.0.2.1", 7_002)));
		far.withdraw("far");
		this.network.pass(SECOND);
		assertThat(first.knows("far")).isFalse();
	}

	@Test
	void whatANodeSaysOfItselfWinsOverHearsay() {
		Member server = this.network.add("10.0.1.1");
		Member liar = this.network.add("10.0.1.3");
		Member other = this.network.add("10.0.1.2");
		Datagram.Node lie = new Datagram.Node(server.instance, 9_999, List.of(), 16_000);
		DatagramWriter writer = new DatagramWriter(new DatagramSigner(null), 99);
		byte[] hearsay = writer
			.write(new Datagram.Report(Kind.ANSWER, liar.instance, lie, List.of(new ServiceName("example", "lie")), 0,
					Long.MAX_VALUE, 0, false))
			.get(0);
		other.protocol.receive(hearsay, hearsay.length, liar.privateAddress, DatagramNetwork.Inlet.PRIVATE);
		assertThat(other.knows("lie")).isTrue();
		server.announce("hello");
		this.network.pass(SECOND);
		assertThat(other.find("*")).singleElement()
			.satisfies((found) -> assertThat(found.endpoints()).containsExactly(new Endpoint.Tcp("10.0.1.1", 7_000)));
		byte[] again = writer
			.write(new Datagram.Report(Kind.ANSWER, liar.instance, lie, List.of(new ServiceName("example", "lie")), 0,
					Long.MAX_VALUE, 0, false))
			.get(0);
		other.protocol.receive(again, again.length, liar.privateAddress, DatagramNetwork.Inlet.PRIVATE);
		assertThat(other.knows("lie")).isFalse();
	}

	@Test
	void aFloodOfQuestionsIsAnsweredAtABoundedRate() {
		Member server = this.network.add("10.0.1.1");
		server.announce("hello");
		this.network.pass(SECOND);
		server.datagramsSent = 0;
		DatagramWriter writer = new DatagramWriter(new DatagramSigner(null), 99);
		Instance flooder = new Instance(server.instance.provider(), 99);
		InetSocketAddress source = new InetSocketAddress(TestNetwork.address("10.0.1.9"), 4_000);
		for (int i = 0; i < 10_000; i++) {
			byte[] query = writer.write(new Datagram.Query(flooder, List.of(pattern("*")), 1, false)).get(0);
			server.protocol.receive(query, query.length, source, DatagramNetwork.Inlet.SHARED);
			if (i % 10 == 0) {
				this.network.pass(Duration.ofMillis(1));
			}
		}
		assertThat(server.datagramsSent).isLessThan(600);
		assertThat(server.protocol.drops().count(DropReason.FLOODING)).isGreaterThan(5_000);
	}

	@Test
	void aFloodOfNodesFillsTheCacheAndNoMoreAndWhatIsKnownStays() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.announce("hello");
		this.network.pass(SECOND);
		for (int i = 0; i < 2 * NodeCache.MAX_NODES; i++) {
			Instance liar = new Instance(server.instance.provider(), 1_000 + i);
			byte[] lie = new DatagramWriter(new DatagramSigner(null), 1_000 + i)
				.write(new Datagram.Report(Kind.ANNOUNCE, liar, new Datagram.Node(liar, 1, List.of(), 16_000),
						List.of(new ServiceName("example", "lie")), 1, 1, 0, false))
				.get(0);
			InetSocketAddress source = new InetSocketAddress(TestNetwork.address("10.0.3." + i % 200), 4_000);
			other.protocol.receive(lie, lie.length, source, DatagramNetwork.Inlet.SHARED);
		}
		assertThat(other.find("*")).hasSize(NodeCache.MAX_NODES);
		assertThat(other.knows("hello")).isTrue();
		assertThat(other.protocol.drops().count(DropReason.CACHE_FULL)).isGreaterThan(NodeCache.MAX_NODES - 10);
		this.network.pass(Duration.ofSeconds(20));
		assertThat(other.find("*")).hasSize(1);
	}

	@Test
	void nodesOfAnotherSecretDoNotMeet() {
		Member open = this.network.add("10.0.1.1");
		Member closed = this.network.add("10.0.1.2", (settings) -> settings.secret(SECRET), NodeMonitor.NONE);
		Member foreign = this.network.add("10.0.1.3", (settings) -> settings.secret(SECRET + "!"), NodeMonitor.NONE);
		Member friend = this.network.add("10.0.1.4", (settings) -> settings.secret(SECRET), NodeMonitor.NONE);
		open.announce("open");
		closed.announce("closed");
		foreign.announce("foreign");
		this.network.pass(SECOND);
		assertThat(friend.find("*")).extracting((found) -> found.service().name()).containsExactly("closed");
		assertThat(open.find("*")).hasSize(1);
		assertThat(friend.protocol.drops().count(DropReason.UNSIGNED)).isPositive();
		assertThat(friend.protocol.drops().count(DropReason.FOREIGN_SECRET)).isPositive();
		assertThat(open.protocol.drops().count(DropReason.FOREIGN_SECRET)).isPositive();
	}

	@Test
	void whatWasRecordedIsNotBelievedAgain() {
		Member server = this.network.add("10.0.1.1", (settings) -> settings.secret(SECRET), NodeMonitor.NONE);
		Member other = this.network.add("10.0.1.2", (settings) -> settings.secret(SECRET), NodeMonitor.NONE);
		server.announce("hello");
		other.protocol.ask(pattern("*"));
		this.network.pass(Duration.ofSeconds(8));
		server.withdraw("hello");
		this.network.pass(SECOND);
		List<TestNetwork.Recording> recordings = List.copyOf(this.network.recordings);
		Member unknowing = this.network.add("10.0.1.3", (settings) -> settings.secret(SECRET), NodeMonitor.NONE);
		server.vanish();
		replay(recordings, other);
		replay(recordings, unknowing);
		this.network.pass(SECOND);
		assertThat(other.find("*")).as("knows the sender").isEmpty();
		assertThat(unknowing.find("*")).as("never heard of the sender").isEmpty();
		assertThat(other.protocol.drops().count(DropReason.REPLAYED)).isPositive();
		assertThat(unknowing.protocol.drops().count(DropReason.UNPROVEN)).isPositive();
	}

	@Test
	void whatAProvenSenderSaidBeforeIsNotBelievedLater() {
		Member server = this.network.add("10.0.1.1", (settings) -> settings.secret(SECRET), NodeMonitor.NONE);
		server.announce("hello", "other");
		this.network.pass(SECOND);
		server.withdraw("hello");
		this.network.pass(SECOND);
		List<TestNetwork.Recording> recordings = List.copyOf(this.network.recordings);
		Member late = this.network.add("10.0.1.3", (settings) -> settings.secret(SECRET), NodeMonitor.NONE);
		late.protocol.ask(pattern("*"));
		this.network.pass(SECOND);
		replay(recordings, late);
		this.network.pass(SECOND);
		assertThat(late.find("*")).extracting((found) -> found.service().name()).containsExactly("other");
	}

	private static void replay(List<TestNetwork.Recording> recordings, Member to) {
		recordings.forEach((recording) -> to.protocol.receive(recording.datagram(), recording.datagram().length,
				recording.source(), DatagramNetwork.Inlet.SHARED));
	}

	@Test
	void garbageIsCountedAndChangesNothing() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.announce("hello");
		this.network.pass(SECOND);
		byte[] genuine = this.network.recordings.get(0).datagram();
		Random random = new Random(7);
		InetSocketAddress source = new InetSocketAddress(TestNetwork.address("10.0.1.9"), 4_000);
		for (int i = 0; i < 3_000; i++) {
			byte[] broken = genuine.clone();
			broken[4 + random.nextInt(4)] ^= (byte) (1 + random.nextInt(255));
			other.protocol.receive(broken, broken.length - random.nextInt(3), source, DatagramNetwork.Inlet.SHARED);
		}
		other.protocol.receive(new byte[2_000], 2_000, source, DatagramNetwork.Inlet.SHARED);
		other.protocol.receive(new byte[0], 0, source, DatagramNetwork.Inlet.SHARED);
		assertThat(other.find("*")).hasSize(1);
		assertThat(other.protocol.drops().count(DropReason.OVERSIZED)).isOne();
		assertThat(other.protocol.drops().count(DropReason.MALFORMED)).isPositive();
		assertThat(other.protocol.drops().count(DropReason.UNKNOWN)).isPositive();
	}

	@Test
	void whatComesByAnInterfaceThatIsNotUsedIsDropped() {
		Member other = this.network.add("10.0.1.2");
		byte[] genuine = new byte[40];
		other.protocol.receive(genuine, genuine.length, new InetSocketAddress(TestNetwork.address("10.0.66.66"), 4_000),
				DatagramNetwork.Inlet.SHARED);
		assertThat(other.protocol.drops().count(DropReason.EXCLUDED_CARD)).isOne();
	}

	@Test
	void aNodeThatAClientCannotReachIsHiddenUntilItIsHeardAgain() {
		Member server = this.network.add("10.0.1.1");
		Member other = this.network.add("10.0.1.2");
		server.announce("hello");
		this.network.pass(SECOND);
		other.protocol.unreachable(server.instance);
		assertThat(other.knows("hello")).isFalse();
		this.network.pass(Duration.ofMillis(10));
		assertThat(other.knows("hello")).as("it answered").isTrue();
		server.vanish();
		other.protocol.unreachable(server.instance);
		this.network.pass(Duration.ofSeconds(30));
		assertThat(other.knows("hello")).isFalse();
	}

}
