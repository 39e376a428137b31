package io.adaptive.internal.transport;

import java.time.Duration;

import io.adaptive.fixture.SlowTest;
import io.adaptive.settings.RelayLimits;

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
