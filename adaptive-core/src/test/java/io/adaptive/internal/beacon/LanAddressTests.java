package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.adaptive.settings.LanSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LanAddressTests {

	private final LanAddress eth0 = card("eth0", 2, "10.1.2.3", 24, false);

	private final LanAddress eth1 = card("eth1", 3, "192.168.0.7", 16, false);

	private final LanAddress lo = card("lo", 1, "127.0.0.1", 8, true);

	private static LanAddress card(String name, int index, String address, int prefix, boolean loopback) {
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
	void allCardsButTheLoopbackAreUsedUnlessTheyAreNamed() {
		LanSettings settings = LanSettings.DEFAULT;
		assertThat(this.eth0.isChosen(settings)).isTrue();
		assertThat(this.lo.isChosen(settings)).isFalse();
		assertThat(this.lo.isChosen(settings.cards("lo"))).isTrue();
		assertThat(this.eth0.isChosen(settings.cards("lo"))).isFalse();
	}

	@Test
	void cardsAreNamedByNameOrAddressWithStars() {
		LanSettings settings = LanSettings.DEFAULT.cards("e*0", "192.168.*");
		assertThat(this.eth0.isChosen(settings)).isTrue();
		assertThat(this.eth1.isChosen(settings)).isTrue();
		assertThat(this.eth1.isChosen(settings.excludedCards("eth*"))).isFalse();
		assertThat(this.eth0.isChosen(LanSettings.DEFAULT.excludedCards("10.1.2.3"))).isFalse();
		assertThat(this.eth0.isChosen(LanSettings.DEFAULT.cards("10.1.2.3.*", "10*2.4", "eth."))).isFalse();
	}

	@Test
	void anAddressBelongsToTheNetworkWhoseBitsItShares() {
		assertThat(this.eth0.isNetworkOf(address("10.1.2.200"))).isTrue();
		assertThat(this.eth0.isNetworkOf(address("10.1.3.3"))).isFalse();
		assertThat(this.eth1.isNetworkOf(address("192.168.255.1"))).isTrue();
		assertThat(this.eth0.isNetworkOf(address("fd00::1"))).isFalse();
		assertThat(card("eth2", 4, "fd00:0:0:8000::1", 49, false).isNetworkOf(address("fd00:0:0:ffff::9"))).isTrue();
		assertThat(card("eth2", 4, "fd00:0:0:8000::1", 49, false).isNetworkOf(address("fd00::9"))).isFalse();
	}

	@Test
	void theLoopbackOfThisMachineCanBeUsed() {
		assertThat(LanAddress.all()).filteredOn((card) -> card.loopback() && !card.isIpv6())
			.first()
			.satisfies((card) -> assertThat(card.everybody(7_201).getAddress().getHostAddress())
				.isEqualTo("127.255.255.255"));
	}

}
