package io.adaptive.internal.wire;

import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

class FramesFuzzTests {

	static Stream<byte[]> examples() {
		String begun = "00000016 01 01 0000 00000003 0000000000000007 00000001 6869";
		String middle = "00000015 04 01 0000 00000003 0000000000000000 00000000 78";
		String begunReply = "00000016 02 01 0000 00000005 0000000000000007 00000001 6869";
		return Stream.of(in(256, GoldenBytes.TYPE, GoldenBytes.MESSAGE, GoldenBytes.CALL, GoldenBytes.REPLY),
				in(1, GoldenBytes.TYPE, GoldenBytes.CALL, GoldenBytes.CANCEL, GoldenBytes.ACKNOWLEDGEMENT),
				in(7, GoldenBytes.OPEN, GoldenBytes.FAILURE, GoldenBytes.CREDIT, GoldenBytes.END, GoldenBytes.RESET),
				in(100, GoldenBytes.PING, GoldenBytes.PING_ANSWER, GoldenBytes.GO_AWAY),
				in(50, GoldenBytes.TYPE, begun, GoldenBytes.PING, middle, GoldenBytes.LAST_FRAGMENT_HEADER, "78"),
				in(40, GoldenBytes.TYPE, begun, begunReply, GoldenBytes.RESET, begun, middle),
				in(30, "00000018 0d 00 0004 00000000 0000000000000000 00000000 00630000", GoldenBytes.OPEN),
				in(20, "00000018 0d 80 0004 00000000 0000000000000000 00000000 00630000"), in(5, "00009015"));
	}

	private static byte[] in(int piece, String... frames) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(piece - 1);
		for (String frame : frames) {
			bytes.writeBytes(GoldenBytes.bytes(frame));
		}
		return bytes.toByteArray();
	}

	@MethodSource("examples")
	@FuzzTest(maxDuration = "10m")
	void anythingIsReadOrRefusedHoweverItIsCut(byte[] bytes) {
		AnyFrames.check(bytes);
	}

}
