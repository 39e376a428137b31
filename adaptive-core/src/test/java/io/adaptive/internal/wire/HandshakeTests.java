package io.adaptive.internal.wire;

import java.util.HexFormat;
import java.util.function.Function;
import java.util.stream.Stream;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * {@link Hello} and {@link Welcome} as bytes.
 */
class HandshakeTests {

	private static final Hello HELLO = new Hello(new ServiceName("example", "hello"), null,
			new Instance(new ProviderId(GoldenBytes.PROVIDER), 0x3c5cc021f025f761L), "fory",
			Limits.DEFAULT.atTheStart(false));

	private static final Welcome ACCEPTED = new Welcome.Accepted(
			new Instance(new ProviderId(GoldenBytes.PROVIDER), 0x1ff), Limits.DEFAULT.atTheStart(true));

	private static final Welcome REFUSED = new Welcome.Refused(ErrorCode.NOT_FOUND, GoldenBytes.REFUSED_REASON);

	static Stream<Arguments> handshakes() {
		Function<ByteBuf, Object> hello = Hello::read;
		Function<ByteBuf, Object> welcome = Welcome::read;
		return Stream.of(Arguments.of(HELLO, GoldenBytes.HELLO, hello),
				Arguments.of(ACCEPTED, GoldenBytes.ACCEPTED, welcome),
				Arguments.of(REFUSED, GoldenBytes.REFUSED, welcome));
	}

	@ParameterizedTest
	@MethodSource("handshakes")
	void isWrittenAsTheDocumentSays(Object handshake, String golden) {
		ByteBuf out = Unpooled.buffer();
		if (handshake instanceof Hello hello) {
			hello.write(out);
		}
		else {
			((Welcome) handshake).write(out);
		}
		assertThat(ByteBufUtil.hexDump(out)).isEqualTo(HexFormat.of().formatHex(GoldenBytes.bytes(golden)));
	}

	@ParameterizedTest
	@MethodSource("handshakes")
	void isReadAsTheDocumentSays(Object handshake, String golden, Function<ByteBuf, Object> reader) {
		ByteBuf in = GoldenBytes.buffer(golden, GoldenBytes.PING);
		assertThat(reader.apply(in)).isEqualTo(handshake);
		assertThat(in.readableBytes()).as("the first frame stays").isEqualTo(24);
	}

	@ParameterizedTest
	@MethodSource("handshakes")
	void isReadOnceAllOfItHasArrived(Object handshake, String golden, Function<ByteBuf, Object> reader) {
		byte[] bytes = GoldenBytes.bytes(golden);
		ByteBuf in = Unpooled.buffer();
		for (int i = 0; i < bytes.length - 1; i++) {
			in.writeByte(bytes[i]);
			assertThat(reader.apply(in)).as("after %d bytes", i + 1).isNull();
			assertThat(in.readableBytes()).isEqualTo(i + 1);
		}
		in.writeByte(bytes[bytes.length - 1]);
		assertThat(reader.apply(in)).isEqualTo(handshake);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00", "42", "4144 5055", "47455420 2f204854" })
	void otherFirstBytesAreRefusedAsSoonAsTheyArrive(String first) {
		byte[] bytes = GoldenBytes.bytes(first);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Hello.read(Unpooled.wrappedBuffer(bytes)))
			.withMessageContaining("does not speak this protocol")
			.withMessageContaining(HexFormat.ofDelimiter(" ").formatHex(bytes))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INTERNAL));
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Welcome.read(Unpooled.wrappedBuffer(bytes)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "02 02", "02 ff", "00 00" })
	void aVersionOutOfRangeIsRefusedNamingBothRanges(String versions) {
		ByteBuf in = GoldenBytes.buffer("41445054", versions, "0000");
		byte[] range = GoldenBytes.bytes(versions);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Hello.read(in))
			.withMessageContaining("version 1")
			.withMessageContaining("%d to %d".formatted(range[0] & 0xff, range[1] & 0xff));
	}

	@Test
	void aNewerPeerThatStillSpeaksThisVersionIsUnderstood() {
		ByteBuf in = GoldenBytes.buffer(GoldenBytes.HELLO);
		in.setByte(5, 9);
		assertThat(Hello.read(in)).isEqualTo(HELLO);
	}

	@Test
	void aVersionThatWasNotOfferedIsRefused() {
		ByteBuf in = GoldenBytes.buffer(GoldenBytes.ACCEPTED);
		in.setByte(4, 2);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Welcome.read(in))
			.withMessageContaining("version 2");
	}

	@Test
	void anUnknownFieldIsPassedOver() {
		assertThat(Hello.read(withField("7001 0003 010203"))).isEqualTo(HELLO);
		assertThat(Hello.read(withField("000a 0000"))).isEqualTo(HELLO);
	}

	@Test
	void anUnknownCriticalFieldIsRefusedByItsNumber() {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Hello.read(withField("f001 0001 00")))
			.withMessageContaining(String.valueOf(0x7001))
			.withMessageContaining("critical");
	}

	@ParameterizedTest
	@EnumSource
	void whereAServiceWasFoundIsSaid(Scope scope) {
		Hello hello = new Hello(HELLO.service(), scope, HELLO.instance(), HELLO.codec(), HELLO.limits());
		ByteBuf out = Unpooled.buffer();
		hello.write(out);
		assertThat(Hello.read(out)).isEqualTo(hello);
	}

	@Test
	void aRelayTokenIsSaidInAFieldThatIsNotPassedOver() {
		RelayToken token = new RelayToken(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
		Hello hello = new Hello(HELLO.service(), null, HELLO.instance(), HELLO.codec(), HELLO.limits(), token);
		ByteBuf out = Unpooled.buffer();
		hello.write(out);
		assertThat(ByteBufUtil.hexDump(out)).endsWith("800d00100102030405060708090a0b0c0d0e0f10");
		assertThat(Hello.read(out)).isEqualTo(hello);
		assertThat(RelayToken.of(token.bytes())).isEqualTo(token);
		assertThat(token).hasToString("relay token 1020304...");
	}

	@Test
	void aScopeOfALaterVersionCountsAsNone() {
		assertThat(Hello.read(withField("000c 0008 0000000000000004"))).isEqualTo(HELLO);
	}

	@Test
	void theCriticalBitChangesNothingOnAKnownField() {
		ByteBuf in = withField("8005 0004 6a736f6e");
		assertThat(Hello.read(in)).extracting(Hello::codec).isEqualTo("json");
	}

	private static ByteBuf withField(String field) {
		ByteBuf in = GoldenBytes.buffer(GoldenBytes.HELLO, field);
		in.setShort(6, in.readableBytes() - 8);
		return in;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5 })
	void aMissingFieldIsRefused(int tag) {
		TlvFields fields = new TlvFields();
		Stream.of(1, 2, 3, 5).filter((other) -> other != tag).forEach((other) -> fields.put(other, "x"));
		ByteBuf in = Unpooled.buffer();
		HandshakeField.write(in, 1, 1, fields);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Hello.read(in))
			.withMessageContaining("is missing");
	}

	@Test
	void whatIsNotSaidAboutLimitsHasDefaults() {
		TlvFields fields = new TlvFields();
		Stream.of(1, 2, 3, 5).forEach((tag) -> fields.put(tag, "x"));
		ByteBuf in = Unpooled.buffer();
		HandshakeField.write(in, 1, 1, fields);
		assertThat(Hello.read(in))
			.isEqualTo(new Hello(new ServiceName("x", "x"), null, new Instance(new ProviderId("x"), 0), "x",
					new Limits(16 * 1024 * 1024, 1024 * 1024, 32 * 1024 * 1024)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0001 0004 61622f63", // publisher ab/c
			"0002 0000", // no name
			"0003 0000", // no provider id
			"0003 0002 6120", // provider id with a blank
			"0004 0004 00000001", // a number of 4 bytes
			"0006 0008 0000000000000000", // a message limit of 0
			"0006 0008 ffffffffffffffff", // of 2^64 - 1
			"0006 0008 0000000080000000", // of 2^31
			"0008 0008 0000000000003fff", // a credit below the least
			"0009 0008 7fffffffffffffff", // and above the most
			"000d 000f 000000000000000000000000000000", // a relay token of 15 bytes
			"0009 0009 000000000000000000", "0001", "000100", "0001 0001", "0001 00ff 61" })
	void aFieldThatIsMalformedIsRefused(String field) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Hello.read(withField(field)));
	}

	@Test
	void aHandshakeOverTheLimitIsRefusedBeforeItArrives() {
		ByteBuf in = GoldenBytes.buffer("41445054 01 01 4001");
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Hello.read(in))
			.withMessageContaining("16385")
			.withMessageContaining("16384");
		ByteBuf atLimit = GoldenBytes.buffer("41445054 01 01 4000");
		assertThatNoException().isThrownBy(() -> assertThat(Hello.read(atLimit)).isNull());
	}

	@Test
	void aRefusalWithoutReasonOrWithAnUnknownCodeIsStillARefusal() {
		assertThat(Welcome.read(GoldenBytes.buffer("41445054 00 c8 0000")))
			.isEqualTo(new Welcome.Refused(ErrorCode.UNKNOWN, "no reason given"));
	}

}
