package io.adaptive.beacon;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RemoteNodeTests {

	private static final Instance INSTANCE = new Instance(new ProviderId("node"), 1);

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

}
