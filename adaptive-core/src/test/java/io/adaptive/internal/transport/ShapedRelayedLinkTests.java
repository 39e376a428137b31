package io.adaptive.internal.transport;

import io.adaptive.settings.RelayLimits;
import java.time.Duration;

import io.adaptive.fixture.SlowTest;

/**
 * {@link RelayedLinkTests} where the proxy counts the bytes.
 */
@SlowTest
class ShapedRelayedLinkTests extends RelayedLinkTests {

	@Override
	RelayLimits limits() {
		return new RelayLimits(10_000, 100_000_000, Duration.ofSeconds(5));
	}

}
