package io.adaptive.internal.wire;

import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelloFuzzTests {

	static Stream<byte[]> examples() {
		String newerPeer = """
				41445054 01 09 006a
				0001 0007 6578616d706c65
				0002 0005 68656c6c6f
				0003 0011 30323a34323a61633a31313a30303a3032
				0005 0004 666f7279
				0009 0008 0000000002000000
				0008 0008 0000000000100000
				0006 0008 0000000001000000
				0004 0008 3c5cc021f025f761
				0063 0005 0102030405 # not known and not critical
				""";
		return Stream
			.of(GoldenBytes.HELLO, newerPeer, GoldenBytes.ACCEPTED, "41445054 01 01 4001",
					"41445054 02 03 0004 8063 0000", "47455420 2f20 4854")
			.map(GoldenBytes::bytes);
	}

	@MethodSource("examples")
	@FuzzTest(maxDuration = "10m")
	void anythingIsReadOrRefusedOrAwaitsMore(byte[] bytes) {
		AnyHello.check(bytes);
	}

}
