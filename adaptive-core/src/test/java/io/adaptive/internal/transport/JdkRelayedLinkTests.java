package io.adaptive.internal.transport;

import io.adaptive.fixture.SlowTest;
import org.junit.jupiter.api.BeforeAll;

/**
 * {@link RelayedLinkTests} where there are no native sockets.
 */
@SlowTest
class JdkRelayedLinkTests extends RelayedLinkTests {

	@BeforeAll
	static void startTransports() {
		startTransports(false);
	}

}
