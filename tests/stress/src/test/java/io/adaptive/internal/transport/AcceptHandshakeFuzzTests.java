package io.adaptive.internal.transport;

import java.util.HexFormat;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceptHandshakeFuzzTests {

	/** Service a/b, codec "fory". */
	private static final String HELLO = "41445054010100570001000161000200016200030011"
			+ "30323a34323a61633a31313a30303a303200040008000000000000000100050004666f7279"
			+ "000600080000000001000000000800080000000000100000000900080000000002000000";

	static Stream<byte[]> examples() {
		String open = "000000140600000000000003000000000000000000000000";
		String message = "0000001601000000000000010000000000000000000000016869";
		String begun = "0000001601010000000000030000000000000007000000016869";
		String last = "00000015040000000000000300000000000000000000000078";
		String ping = "000000140b00000000000000000000000000000500000000";
		String reply = "000000140200000000000003000000000000000800000000";
		return Stream
			.of("ff" + HELLO + open + message + ping, "00" + HELLO + ping + begun + last,
					"30" + HELLO + open + begun + ping, "ff" + HELLO + reply, "08" + HELLO + "ffffffff",
					"ff" + HELLO.replace("666f7279", "6e6f7065"), "03474554202f20485454502f312e310d0a", "ff41445054")
			.map((hex) -> HexFormat.of().parseHex(hex));
	}

	@MethodSource("examples")
	@FuzzTest(maxDuration = "10m")
	void aStrangerCanOnlyEndItsOwnConnection(byte[] bytes) {
		AnyStranger.check(bytes);
	}

}
