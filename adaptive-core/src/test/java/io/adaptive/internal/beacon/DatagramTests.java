package io.adaptive.internal.beacon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.LanSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DatagramTests {

	private static final String SECRET = "0123456789abcdef";

	private static final long NONCE = 0x1122334455667788L;

	private static final Instance SELF = new Instance(new ProviderId("02:42:ac:11:00:02"), 0x3c5cc021f025f761L);

	private static final Instance OTHER = new Instance(new ProviderId("other"), 7);

	private static final ServiceName HELLO = new ServiceName("example", "hello");

	private static final Datagram.Report ANNOUNCE = new Datagram.Report(Kind.ANNOUNCE, SELF,
			new Datagram.Node(SELF, 7_001, List.of("10.0.0.7", "fd00::7"), 16_000), List.of(HELLO), 3, 1, 0, false);

	private static final Datagram.Query QUERY = new Datagram.Query(SELF, List.of(new ServicePattern("example", "*")),
			0x0102030405060708L, true);

	private static final Datagram.Report HEARSAY = new Datagram.Report(Kind.ANSWER, SELF,
			new Datagram.Node(OTHER, 7_002, List.of(), 16_000), List.of(HELLO), 0, Long.MAX_VALUE, 9, false);

	private static byte[] bytes(String golden) {
		return HexFormat.of().parseHex(golden.replaceAll("#.*", "").replaceAll("\\s", ""));
	}

	private static DatagramWriter writer(String secret) {
		return new DatagramWriter(new DatagramSigner(secret), NONCE);
	}

	private static Datagram read(byte[] datagram) throws DroppedException {
		return read(datagram, null);
	}

	private static Datagram read(byte[] datagram, String secret) throws DroppedException {
		return new DatagramReader(new DatagramSigner(secret)).read(datagram, datagram.length);
	}

	private static void assertDropped(DropReason reason, byte[] datagram, String secret) {
		assertThatExceptionOfType(DroppedException.class).isThrownBy(() -> read(datagram, secret))
			.satisfies((dropped) -> assertThat(dropped.reason()).isEqualTo(reason));
	}

	@Test
	void anAnnouncementByteByByte() throws DroppedException {
		byte[] golden = bytes(GoldenDatagrams.ANNOUNCE);
		assertThat(writer(null).write(ANNOUNCE)).containsExactly(golden);
		assertThat(read(golden)).isEqualTo(new Datagram(NONCE, 1, ANNOUNCE));
	}

	@Test
	void aQueryByteByByte() throws DroppedException {
		byte[] golden = bytes(GoldenDatagrams.QUERY);
		assertThat(writer(null).write(QUERY)).containsExactly(golden);
		assertThat(read(golden)).isEqualTo(new Datagram(NONCE, 1, QUERY));
	}

	@Test
	void hearsayByteByByte() throws DroppedException {
		byte[] golden = bytes(GoldenDatagrams.HEARSAY);
		assertThat(writer(null).write(HEARSAY)).containsExactly(golden);
		assertThat(read(golden)).isEqualTo(new Datagram(NONCE, 1, HEARSAY));
	}

	@Test
	void aSignatureIsTheHmacOfAllThatIsBeforeIt() throws Exception {
		byte[] signed = writer(SECRET).write(ANNOUNCE).get(0);
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
		byte[] body = Arrays.copyOf(signed, signed.length - 32);
		assertThat(Arrays.copyOfRange(signed, body.length, signed.length)).isEqualTo(mac.doFinal(body));
		byte[] fingerprint = Arrays.copyOf(mac.doFinal("adaptive LAN".getBytes(StandardCharsets.US_ASCII)), 8);
		assertThat(Arrays.copyOfRange(signed, 8, 16)).isEqualTo(fingerprint);
		byte[] unsigned = bytes(GoldenDatagrams.ANNOUNCE);
		System.arraycopy(fingerprint, 0, unsigned, 8, 8);
		assertThat(body).isEqualTo(unsigned);
		assertThat(read(signed, SECRET).content()).isEqualTo(ANNOUNCE);
	}

	@Test
	void everyByteCountsForTheSignature() {
		byte[] signed = writer(SECRET).write(ANNOUNCE).get(0);
		for (int i = 16; i < signed.length; i++) {
			byte[] changed = signed.clone();
			changed[i] ^= 1;
			assertDropped(DropReason.WRONG_SIGNATURE, changed, SECRET);
		}
	}

	@Test
	void withASecretNothingUnsignedIsTaken() {
		assertDropped(DropReason.UNSIGNED, bytes(GoldenDatagrams.ANNOUNCE), SECRET);
		assertDropped(DropReason.FOREIGN_SECRET, writer("another secret of theirs").write(ANNOUNCE).get(0), SECRET);
		assertDropped(DropReason.FOREIGN_SECRET, writer(SECRET).write(ANNOUNCE).get(0), null);
	}

	@Test
	void anotherVersionIsDropped() {
		byte[] newer = bytes(GoldenDatagrams.ANNOUNCE);
		newer[4] = 2;
		assertDropped(DropReason.UNKNOWN, newer, null);
	}

	@Test
	void anotherKindIsDropped() {
		byte[] newer = bytes(GoldenDatagrams.ANNOUNCE);
		newer[5] = 5;
		assertDropped(DropReason.UNKNOWN, newer, null);
	}

	@Test
	void aNewerFieldIsPassedOverUnlessItIsCritical() throws DroppedException {
		byte[] golden = bytes(GoldenDatagrams.ANNOUNCE);
		ByteBuffer newer = ByteBuffer.allocate(golden.length + 6)
			.put(golden)
			.putShort((short) 99)
			.putShort((short) 2)
			.putShort((short) 0);
		newer.putShort(6, (short) (golden.length - 32 + 6));
		assertThat(read(newer.array()).content()).isEqualTo(ANNOUNCE);
		newer.putShort(golden.length, (short) (0x8000 | 99));
		assertDropped(DropReason.UNKNOWN, newer.array(), null);
	}

	@Test
	void nothingThatIsCutOffIsTaken() {
		byte[] golden = bytes(GoldenDatagrams.ANNOUNCE);
		for (int length = 0; length < golden.length; length++) {
			assertDropped(DropReason.MALFORMED, Arrays.copyOf(golden, length), null);
		}
		assertDropped(DropReason.MALFORMED, Arrays.copyOf(golden, golden.length + 1), null);
	}

	@ParameterizedTest
	@CsvSource({ "0001 0000, no provider", "0002 0001 00, short number", "0003 0008 0000000000010000, port too high",
			"0003 0008 0000000000000000, services without a port", "0004 0003 202f2a, no address",
			"0005 0003 612f2a, a star in a name", "0005 0001 61, no publisher", "0009 0001 0a, no other provider" })
	void aFieldThatBreaksARuleIsNotTaken(String field, String what) {
		byte[] golden = bytes(GoldenDatagrams.ANNOUNCE);
		byte[] added = bytes(field);
		byte[] changed = Arrays.copyOf(golden, golden.length + added.length);
		System.arraycopy(added, 0, changed, golden.length, added.length);
		ByteBuffer.wrap(changed).putShort(6, (short) (changed.length - 32));
		assertDropped(DropReason.MALFORMED, changed, null);
	}

	@Test
	void whatIsTooLongIsNotTakenHoweverGenuine() {
		byte[] golden = bytes(GoldenDatagrams.ANNOUNCE);
		ByteBuffer tooLong = ByteBuffer.allocate(1_401)
			.put(golden)
			.putShort((short) 99)
			.putShort((short) (1_401 - golden.length - 4));
		tooLong.putShort(6, (short) (1_401 - 32));
		assertDropped(DropReason.OVERSIZED, tooLong.array(), null);
	}

	@Test
	void manyServicesTakeSeveralDatagramsOfAtMostFourteenHundredBytes() throws DroppedException {
		String longest = "n".repeat(ServiceName.MAX_BYTES - 4);
		List<ServiceName> services = IntStream.range(0, 1_000)
			.mapToObj((i) -> new ServiceName("p".repeat(ServiceName.MAX_BYTES), longest + (1_000 + i)))
			.toList();
		Instance named = new Instance(new ProviderId("x".repeat(ProviderId.MAX_LENGTH)), 1);
		List<String> addresses = IntStream.range(0, Datagram.MAX_ADDRESSES)
			.mapToObj((i) -> "fd00:1111:2222:3333:4444:5555:6666:777" + i)
			.toList();
		Datagram.Report report = new Datagram.Report(Kind.ANSWER, SELF,
				new Datagram.Node(named, 65_535, addresses, 16_000), services, 3, 1_000, 5, false);
		List<byte[]> datagrams = writer(SECRET).write(report);
		int listed = 0;
		long counter = 1;
		for (byte[] datagram : datagrams) {
			assertThat(datagram.length).isLessThanOrEqualTo(Datagram.MAX_BYTES);
			Datagram each = read(datagram, SECRET);
			assertThat(each.counter()).isEqualTo(counter++);
			Datagram.Report part = (Datagram.Report) each.content();
			assertThat(part.services()).isEqualTo(services.subList(listed, listed + part.services().size()));
			assertThat(part.node()).isEqualTo(report.node());
			listed += part.services().size();
		}
		assertThat(listed).isEqualTo(1_000);
	}

	@Test
	void addressesAreLeftOutThatWouldMakeADatagramTooLong() throws DroppedException {
		List<String> addresses = IntStream.range(0, 8).mapToObj((i) -> i + "x".repeat(200)).toList();
		Datagram.Report report = new Datagram.Report(Kind.ANNOUNCE, SELF,
				new Datagram.Node(SELF, 7_001, addresses, 16_000), List.of(HELLO), 3, 1, 0, false);
		byte[] written = writer(SECRET).write(report).get(0);
		assertThat(written.length).isLessThanOrEqualTo(Datagram.MAX_BYTES);
		assertThat(((Datagram.Report) read(written, SECRET).content()).node().addresses())
			.isEqualTo(addresses.subList(0, 2));
	}

	@Test
	void settingsThatMakeNoSenseAreRefusedWithTheirRule() {
		LanSettings settings = LanSettings.DEFAULT;
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> settings.port(0))
			.withMessageContaining("1 to 65535");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> settings.secret("short"))
			.withMessageContaining("16 bytes")
			.withMessageNotContaining("short");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> settings.announceInterval(Duration.ZERO))
			.withMessageContaining("100 ms");
		assertThat(settings.secret(SECRET).toString()).doesNotContain(SECRET);
	}

}
