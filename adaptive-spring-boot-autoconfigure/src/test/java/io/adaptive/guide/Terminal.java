package io.adaptive.guide;

import java.nio.ByteBuffer;

import io.adaptive.raw.RawConnection;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.OnRawConnection;

/**
 * Sends back the first bytes that it gets.
 */
@AdaptiveService(publisher = "example", name = "terminal")
class Terminal {

	@OnRawConnection
	void attach(RawConnection connection) {
		ByteBuffer line = connection.read(8192).join();
		connection.write(line).join();
		connection.close();
	}

}
