package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;

import io.adaptive.settings.LanSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LanAddressTests {

	private final LanAddress eth0 = networkInterface("eth0", 2, "10.1.2.3", 24, false);

	private final LanAddress eth1 = networkInterface("eth1", 3, "192.168.0.7", 16, false);

	private final LanAddress lo = networkInterface("lo", 1, "127.0.0.1", 8, true);

	private static LanAddress networkInterface(String name, int index, String address, int prefix, boolean loopback) {
		return new LanAddress(name, index, address(address), prefix, loopback, null);
	}

	private static InetAddress address(String text) {
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Test
	void allInterfacesButTheLoopbackAreUsedUnlessTheyAreNamed() {
		LanSettings settings = LanSettings.DEFAULT;
		assertThat(this.eth0.isChosen(settings)).isTrue();
		assertThat(this.lo.isChosen(settings)).isFalse();
		assertThat(this.lo.isChosen(settings.interfaces("lo"))).isTrue();
		assertThat(this.eth0.isChosen(settings.interfaces("lo"))).isFalse();
	}

	@Test
	void cardsAreNamedByNameOrAddressWithStars() {
		LanSettings settings = LanSettings.DEFAULT.interfaces("e*0", "192.168.*");
		assertThat(this.eth0.isChosen(settings)).isTrue();
		assertThat(this.eth1.isChosen(settings)).isTrue();
		assertThat(this.eth1.isChosen(settings.excludedInterfaces("eth*"))).isFalse();
		assertThat(this.eth0.isChosen(LanSettings.DEFAULT.excludedInterfaces("10.1.2.3"))).isFalse();
		assertThat(this.eth0.isChosen(LanSettings.DEFAULT.interfaces("10.1.2.3.*", "10*2.4", "eth."))).isFalse();
	}

	@Test
	void anAddressBelongsToTheNetworkWhoseBitsItShares() {
		assertThat(this.eth0.isNetworkOf(address("10.1.2.200"))).isTrue();
		assertThat(this.eth0.isNetworkOf(address("10.1.3.3"))).isFalse();
		assertThat(this.eth1.isNetworkOf(address("192.168.255.1"))).isTrue();
		assertThat(this.eth0.isNetworkOf(address("fd00::1"))).isFalse();
		assertThat(networkInterface("eth2", 4, "fd00:0:0:8000::1", 49, false).isNetworkOf(address("fd00:0:0:ffff::9")))
			.isTrue();
		assertThat(networkInterface("eth2", 4, "fd00:0:0:8000::1", 49, false).isNetworkOf(address("fd00::9")))
			.isFalse();
	}

	@Test
	void theLoopbackOfThisMachineCanBeUsed() throws SocketException {
		assertThat(LanAddress.all())
			.filteredOn((networkInterface) -> networkInterface.loopback() && !networkInterface.isIpv6())
			.first()
			.satisfies((networkInterface) -> assertThat(networkInterface.everybody(7_201).getAddress().getHostAddress())
				.isEqualTo("127.255.255.255"));
	}

}
