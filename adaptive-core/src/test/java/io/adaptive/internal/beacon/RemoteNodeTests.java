package io.adaptive.internal.beacon;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RemoteNodeTests {

	private static final Instance INSTANCE = new Instance(new ProviderId("node"), 1);

	private static final ServiceName SERVICE = new ServiceName("test", "service");

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final RemoteNode remote = new RemoteNode(telling());

	private static Datagram.Node telling(String... addresses) {
		return new Datagram.Node(INSTANCE, 7_000, List.of(addresses), 15_000);
	}

	private boolean hear(String from, long at, String... told) {
		return this.remote.describe(telling(told), new InetSocketAddress(from, 40_000), at);
	}

	private static Endpoint at(String address) {
		return new Endpoint.Tcp(address, 7_000);
	}

	@Test
	void anAddressThatTheNodeTellsNoLongerIsForgottenAtOnce() {
		assertThat(hear("10.0.1.1", 0, "10.0.1.1")).isTrue();
		assertThat(hear("10.0.1.1", SECOND, "10.0.1.1")).isFalse();
		assertThat(hear("10.0.1.9", 2 * SECOND, "10.0.1.9")).isTrue();
		assertThat(this.remote.endpoints()).containsExactly(at("10.0.1.9"));
	}

	@Test
	void addressesThatTheNodeDoesNotKnowStayUntilTheyExpire() {
		hear("10.0.1.1", 0, "192.168.0.5");
		hear("10.0.1.2", SECOND, "192.168.0.5");
		assertThat(this.remote.endpoints()).containsExactly(at("10.0.1.1"), at("10.0.1.2"), at("192.168.0.5"));
		this.remote.expired(15 * SECOND);
		assertThat(this.remote.endpoints()).containsExactly(at("10.0.1.2"), at("192.168.0.5"));
	}

	@Test
	void aNodeThatTellsNoAddressesHasThoseItWasHeardFrom() {
		hear("10.0.1.1", 0, "10.0.1.1");
		hear("10.0.1.1", SECOND);
		assertThat(this.remote.endpoints()).containsExactly(at("10.0.1.1"));
	}

	@Test
	void anOldDatagramBringsNoForgottenAddressBack() throws DroppedException {
		NodeCache cache = new NodeCache();
		cache.tell(announcement(1, 5, "10.0.1.9"), new InetSocketAddress("10.0.1.9", 40_000), 0);
		cache.takeChanged();
		cache.tell(announcement(1, 4, "10.0.1.1"), new InetSocketAddress("10.0.1.1", 40_000), SECOND);
		assertThat(endpoints(cache)).containsExactly(at("10.0.1.9"));
		assertThat(cache.takeChanged()).isEmpty();
	}

	@Test
	void aLaterOneAndOneOfAnotherNonceTellWhereTheNodeIs() throws DroppedException {
		NodeCache cache = new NodeCache();
		cache.tell(announcement(1, 5, "10.0.1.9"), new InetSocketAddress("10.0.1.9", 40_000), 0);
		cache.tell(announcement(1, 6, "10.0.1.1"), new InetSocketAddress("10.0.1.1", 40_000), SECOND);
		assertThat(endpoints(cache)).containsExactly(at("10.0.1.1"));
		cache.tell(announcement(2, 1, "10.0.1.2"), new InetSocketAddress("10.0.1.2", 40_000), 2 * SECOND);
		assertThat(endpoints(cache)).containsExactly(at("10.0.1.2"));
	}

	private static Datagram announcement(long nonce, long counter, String address) {
		return new Datagram(nonce, counter,
				new Datagram.Report(Kind.ANNOUNCE, INSTANCE, telling(address), List.of(SERVICE), 1, 1, 0, false));
	}

	private static List<Endpoint> endpoints(NodeCache cache) {
		return cache.find(ServicePattern.of(SERVICE)).stream().flatMap((found) -> found.endpoints().stream()).toList();
	}

}
