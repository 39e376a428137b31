package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.message.Endpoint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Under which hosts a node says that it can be reached.
 */
class AdvertisedHostsTests {

	@Test
	void whatIsConfiguredComesFirstAndAlone() {
		AdvertisedHosts hosts = AdvertisedHosts.of(List.of("public.example", "192.0.2.7"), "::");
		assertThat(hosts.hosts()).containsExactly("public.example", "192.0.2.7");
		assertThat(hosts.first()).isTrue();
	}

	@Test
	void whoListensAtOneAddressIsReachedThereOnly() {
		assertThat(AdvertisedHosts.of(List.of(), "127.0.0.1")).isEqualTo(AdvertisedHosts.NONE);
	}

	@Test
	void whoListensEverywhereNamesItsInterfacesButNotLoopback() {
		assertThat(AdvertisedHosts.of(List.of(), "0.0.0.0").hosts()).allMatch((host) -> host.indexOf(':') < 0)
			.noneMatch((host) -> host.startsWith("127."));
		AdvertisedHosts all = AdvertisedHosts.of(List.of(), "::");
		assertThat(all.first()).isFalse();
		assertThat(all.hosts()).hasSizeLessThanOrEqualTo(AdvertisedHosts.MAX_HOSTS)
			.doesNotContain("::1", "0:0:0:0:0:0:0:1")
			.allSatisfy((host) -> assertThat(new Endpoint.Tcp(host, 1).host()).isEqualTo(host));
	}

}
