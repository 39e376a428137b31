package io.adaptive.transport;

import org.junit.jupiter.api.BeforeAll;

/**
 * {@link TcpLinkTests} where there are no native sockets.
 */
class JdkTcpLinkTests extends TcpLinkTests {

	@BeforeAll
	static void startTransports() {
		startTransports(false);
	}

}
