package io.adaptive.internal.beacon;

import java.util.HexFormat;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatagramFuzzTests {

	static Stream<byte[]> examples() {
		String newer = GoldenDatagrams.ANNOUNCE.replace("0079 #", "007f #") + "0063 0002 0102";
		String critical = GoldenDatagrams.ANNOUNCE.replace("0079 #", "007f #") + "8063 0002 0102";
		return Stream
			.of(GoldenDatagrams.ANNOUNCE, GoldenDatagrams.QUERY, GoldenDatagrams.HEARSAY, newer, critical,
					GoldenDatagrams.ANNOUNCE.replace("03 # ANNOUNCE", "04 # BYE"),
					GoldenDatagrams.ANNOUNCE.replace("0000000000000000 # not signed", "0000000000000001"),
					"4144504c 02 01 0000", "47455420 2f20 4854")
			.map((golden) -> HexFormat.of().parseHex(golden.replaceAll("#.*", "").replaceAll("\\s", "")));
	}

	@MethodSource("examples")
	@FuzzTest(maxDuration = "10m")
	void anythingIsTakenOrDroppedAndAnsweredWithinLimits(byte[] bytes) {
		AnyDatagram.check(bytes);
	}

}
