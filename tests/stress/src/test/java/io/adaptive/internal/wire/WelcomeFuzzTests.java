package io.adaptive.internal.wire;

import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

class WelcomeFuzzTests {

	static Stream<byte[]> examples() {
		return Stream
			.of(GoldenBytes.ACCEPTED, GoldenBytes.REFUSED, GoldenBytes.HELLO, "41445054 00 63 0000",
					"41445054 02 00 0000", "41445054 01 00 0006 0006 0002 ffff")
			.map(GoldenBytes::bytes);
	}

	@MethodSource("examples")
	@FuzzTest(maxDuration = "10m")
	void anythingIsReadOrRefusedOrAwaitsMore(byte[] bytes) {
		AnyWelcome.check(bytes);
	}

}
