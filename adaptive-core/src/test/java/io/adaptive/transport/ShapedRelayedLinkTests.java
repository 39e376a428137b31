package io.adaptive.transport;

import java.time.Duration;

import io.adaptive.fixture.SlowTest;

/**
 * {@link RelayedLinkTests} where the proxy counts the bytes.
 */
@SlowTest
class ShapedRelayedLinkTests extends RelayedLinkTests {

	@Override
	RelayPort.Limits limits() {
		return new RelayPort.Limits(10_000, 100_000_000, Duration.ofSeconds(5));
	}

}
