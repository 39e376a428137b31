package io.adaptive.internal.beacon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.internal.beacon.TestNetwork.Member;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class MonitoredNodesTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final ServicePattern HELLO = new ServicePattern("example", "hello");

	private final TestNetwork network = new TestNetwork(1);

	private final RecordingMonitor monitor = new RecordingMonitor();

	private final Member server = this.network.add("10.0.1.1");

	private final Member client = this.network.add("10.0.1.2", (settings) -> settings, this.monitor);

	private static Announced exactly(long revision, String... names) {
		return new Announced(revision, Stream.of(names).map((name) -> new ServiceName("example", name)).toList());
	}

	@Test
	void ofTwoWaysTheNewerNewsCount() {
		this.client.protocol.ask(HELLO);
		this.server.announce("hello");
		this.network.pass(SECOND);
		this.server.announce("second");
		this.network.pass(SECOND);
		this.client.protocol.confirm(this.server.instance, exactly(1, "hello"));
		assertThat(this.client.knows("second")).as("a datagram was faster").isTrue();
		this.client.protocol.confirm(this.server.instance, exactly(2, "hello", "second"));
		this.client.protocol.confirm(this.server.instance, exactly(3, "hello"));
		this.network.pass(Duration.ofSeconds(6));
		assertThat(this.client.knows("second")).as("the connection was faster").isFalse();
	}

	@Test
	void aNodeIsWatchedOverWhileSomebodyWaitsForOneOfItsServices() {
		this.server.announce("hello");
		this.network.pass(SECOND);
		assertThat(this.monitor.followed).isEmpty();
		this.client.protocol.ask(HELLO);
		assertThat(this.monitor.followed).containsOnly(this.server.instance);
		assertThat(this.monitor.endpoints).containsExactly(new Endpoint.Tcp("10.0.1.1", 7_000));
		this.client.protocol.stopAsking(HELLO);
		assertThat(this.monitor.followed).isEmpty();
	}

	@Test
	void whatIsToldOverTcpIsTrueHoweverLongTheNodeIsSilent() {
		this.client.protocol.ask(HELLO);
		this.server.announce("hello", "gone");
		this.network.pass(SECOND);
		this.client.protocol.confirm(this.server.instance, exactly(5, "hello", "added"));
		this.network.loss = 1;
		this.network.pass(Duration.ofMinutes(5));
		assertThat(this.client.find("*")).extracting((found) -> found.service().name())
			.containsExactlyInAnyOrder("hello", "added");
		this.client.protocol.stopAsking(HELLO);
		this.network.pass(Duration.ofSeconds(17));
		assertThat(this.client.find("*")).as("nobody watches over it any more").isEmpty();
	}

	@Test
	void aNodeThatIsLostIsHiddenAtOnceAndShownOnlyWhenItCanBeReached() {
		this.client.protocol.ask(HELLO);
		this.server.announce("hello");
		this.network.pass(SECOND);
		this.client.protocol.confirm(this.server.instance, exactly(5, "hello"));
		this.client.protocol.lost(this.server.instance);
		assertThat(this.client.knows("hello")).isFalse();
		this.monitor.asked = 0;
		this.network.pass(Duration.ofSeconds(10));
		assertThat(this.client.knows("hello")).as("it is heard but not reached").isFalse();
		assertThat(this.monitor.asked).as("is to be tried again").isPositive();
		this.client.protocol.confirm(this.server.instance, exactly(5, "hello"));
		assertThat(this.client.knows("hello")).isTrue();
	}

	@Test
	void aNodeThatCannotBeFollowedButReachedIsShown() {
		this.client.protocol.ask(HELLO);
		this.server.announce("hello");
		this.network.pass(SECOND);
		this.client.protocol.lost(this.server.instance);
		this.client.protocol.reached(this.server.instance);
		assertThat(this.client.knows("hello")).isTrue();
	}

	@Test
	void aNodeForWhichThereIsNoRoomIsKnownByItsDatagrams() {
		this.monitor.full = true;
		this.client.protocol.ask(HELLO);
		this.server.announce("hello");
		this.network.pass(SECOND);
		this.client.protocol.unreachable(this.server.instance);
		this.network.pass(SECOND);
		assertThat(this.client.knows("hello")).isTrue();
		this.client.protocol.confirm(this.server.instance, exactly(5));
		assertThat(this.client.knows("hello")).as("nobody watches over it").isTrue();
	}

	@Test
	void aClosedStationReleasesEverybody() {
		this.client.protocol.ask(HELLO);
		this.server.announce("hello");
		this.network.pass(SECOND);
		this.client.protocol.close();
		assertThat(this.monitor.followed).isEmpty();
	}

	private static final class RecordingMonitor implements NodeMonitor {

		private final List<Instance> followed = new ArrayList<>();

		private List<Endpoint> endpoints = List.of();

		private boolean full;

		private int asked;

		@Override
		public boolean follow(Instance node, List<Endpoint> endpoints) {
			this.asked++;
			this.endpoints = endpoints;
			if (!this.full && !this.followed.contains(node)) {
				this.followed.add(node);
			}
			return !this.full;
		}

		@Override
		public void release(Instance node) {
			this.followed.remove(node);
		}

	}

}
