package io.adaptive.transport;

import org.junit.jupiter.api.BeforeAll;

/**
 * {@link RelayedLinkTests} where there are no native sockets.
 */
class JdkRelayedLinkTests extends RelayedLinkTests {

	@BeforeAll
	static void startTransports() {
		startTransports(false);
	}

}
