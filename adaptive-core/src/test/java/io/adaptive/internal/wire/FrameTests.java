package io.adaptive.internal.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageTooLargeException;
import io.adaptive.message.Priority;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.ReferencePayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Envelopes as frames.
 */
class FrameTests {

	private static final Envelope MESSAGE = message(1, "hi");

	private static final Envelope CALL = new Envelope.Message(3, 7, 1_500_000_000,
			new ReferencePayload(new NoteCodec.Note("hi")));

	private static final Envelope URGENT_CALL = new Envelope.Message(3, 8, 1_500_000_000, Priority.HIGH,
			new ReferencePayload(new NoteCodec.Note("hi")));

	private static final Envelope PATIENT_MESSAGE = new Envelope.Message(1, 0, 0, Priority.LOW,
			new ReferencePayload(new NoteCodec.Note("hi")));

	private static final Envelope REPLY = new Envelope.Reply(3, 7, new ReferencePayload(new NoteCodec.Note("ho")));

	static Stream<Arguments> envelopes() {
		return Stream.of(Arguments.of(new Envelope.Reply(3, 8, null), GoldenBytes.ACKNOWLEDGEMENT),
				Arguments.of(new Envelope.Failure(3, 9,
						new ErrorInfo(ErrorCode.FAILED_PRECONDITION, "too late", "java.lang.IllegalStateException",
								"example/hello", Delivery.UNKNOWN, Duration.ofMillis(1500))),
						GoldenBytes.FAILURE),
				Arguments.of(new Envelope.Open(3), GoldenBytes.OPEN),
				Arguments.of(new Envelope.End(3, new ErrorInfo(ErrorCode.OK, "closed")), GoldenBytes.END),
				Arguments.of(new Envelope.Reset(3, new ErrorInfo(ErrorCode.CANCELLED, "enough")), GoldenBytes.RESET),
				Arguments.of(new Envelope.Cancel(3, 7), GoldenBytes.CANCEL),
				Arguments.of(new Envelope.Credit(3, 64 * 1024), GoldenBytes.CREDIT),
				Arguments.of(new Envelope.Credit(3, 300, 1, Envelope.Credit.Purpose.GRANT_WAITING),
						GoldenBytes.CREDIT_FOR_WAITING),
				Arguments.of(new Envelope.Credit(3, 300, 1, Envelope.Credit.Purpose.REQUEST_CALL),
						GoldenBytes.CREDIT_REQUEST),
				Arguments.of(new Envelope.Credit(0, 16 * 1024, 0, Envelope.Credit.Purpose.RECALL),
						GoldenBytes.CREDIT_RECALL),
				Arguments.of(new Envelope.Credit(0, 0, 0, Envelope.Credit.Purpose.RETURN), GoldenBytes.CREDIT_RETURN),
				Arguments.of(new Envelope.Ping(5, false), GoldenBytes.PING),
				Arguments.of(new Envelope.Ping(5, true), GoldenBytes.PING_ANSWER),
				Arguments.of(new Envelope.GoAway(9, new ErrorInfo(ErrorCode.UNAVAILABLE, "the service is leaving")),
						GoldenBytes.GO_AWAY));
	}

	private static Envelope message(int streamId, String text) {
		return new Envelope.Message(streamId, 0, 0, new ReferencePayload(new NoteCodec.Note(text)));
	}

	private static String hex(String... golden) {
		return ByteBufUtil.hexDump(GoldenBytes.buffer(golden));
	}

	@ParameterizedTest
	@MethodSource("envelopes")
	void isWrittenAsTheDocumentSays(Envelope envelope, String golden) {
		assertThat(ByteBufUtil.hexDump(Frames.encode(envelope))).isEqualTo(hex(golden));
	}

	@ParameterizedTest
	@MethodSource("envelopes")
	void isReadAsTheDocumentSays(Envelope envelope, String golden) {
		assertThat(Frames.decode(GoldenBytes.buffer(golden))).containsExactly(envelope);
	}

	@Test
	void aTypeIsAnnouncedOnceAndIsANumberAfterwards() {
		assertThat(ByteBufUtil.hexDump(Frames.encode(MESSAGE, CALL, REPLY)))
			.isEqualTo(hex(GoldenBytes.TYPE, GoldenBytes.MESSAGE, GoldenBytes.CALL, GoldenBytes.REPLY));
	}

	@Test
	void messagesAreReadByTheNumberOfTheirType() {
		assertThat(Frames
			.decode(GoldenBytes.buffer(GoldenBytes.TYPE, GoldenBytes.MESSAGE, GoldenBytes.CALL, GoldenBytes.REPLY)))
			.containsExactly(MESSAGE, CALL, REPLY);
	}

	@Test
	void aPriorityIsWrittenAndReadAsTheDocumentSays() {
		assertThat(ByteBufUtil.hexDump(Frames.encode(URGENT_CALL, PATIENT_MESSAGE)))
			.isEqualTo(hex(GoldenBytes.TYPE, GoldenBytes.URGENT_CALL, GoldenBytes.PATIENT_MESSAGE));
		assertThat(Frames
			.decode(GoldenBytes.buffer(GoldenBytes.TYPE, GoldenBytes.URGENT_CALL, GoldenBytes.PATIENT_MESSAGE)))
			.containsExactly(URGENT_CALL, PATIENT_MESSAGE);
	}

	@Test
	void aPriorityOfANewerPeerIsNormal() {
		String newer = GoldenBytes.PATIENT_MESSAGE.replace("0000000000000002", "0000000000000007");
		assertThat(Frames.decode(GoldenBytes.buffer(GoldenBytes.TYPE, newer))).singleElement()
			.extracting((envelope) -> ((Envelope.Message) envelope).priority())
			.isEqualTo(Priority.NORMAL);
	}

	@Test
	void aFragmentedMessageKeepsItsPriority() {
		Envelope envelope = new Envelope.Message(3, 1, 1, Priority.LOW,
				new ReferencePayload(NoteCodec.Note.ofSize(100_000)));
		assertThat(Frames.decode(Frames.encode(envelope))).containsExactly(envelope);
	}

	@Test
	void aLongMessageIsWrittenAsFragments() {
		ByteBuf written = Frames.encode(message(3, "x".repeat(Protocol.MAX_FRAGMENT + 1)));
		byte[] expected = GoldenBytes.bytes(GoldenBytes.TYPE + GoldenBytes.FIRST_FRAGMENT_HEADER
				+ "78".repeat(Protocol.MAX_FRAGMENT) + "\n" + GoldenBytes.LAST_FRAGMENT_HEADER + "78");
		assertThat(ByteBufUtil.getBytes(written)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, Protocol.MAX_FRAGMENT - 1, Protocol.MAX_FRAGMENT, Protocol.MAX_FRAGMENT + 1,
			2 * Protocol.MAX_FRAGMENT, 2 * Protocol.MAX_FRAGMENT + 1, 1_000_000 })
	void noFrameHoldsMoreThanOneFragmentAndThePartsMakeTheWhole(int size) {
		for (long timeout : new long[] { 0, 1 }) {
			Envelope envelope = new Envelope.Message(3, timeout, timeout,
					new ReferencePayload(NoteCodec.Note.ofSize(size)));
			ByteBuf written = Frames.encode(envelope);
			int frames = 0;
			for (int at = 0; at < written.writerIndex(); at += 4 + written.getInt(at)) {
				assertThat(written.getInt(at) - 20 - written.getUnsignedShort(at + 6))
					.isLessThanOrEqualTo(Protocol.MAX_FRAGMENT);
				frames++;
			}
			assertThat(frames).isEqualTo(1 + Math.max(1, (size + Protocol.MAX_FRAGMENT - 1) / Protocol.MAX_FRAGMENT));
			assertThat(Frames.decode(written)).containsExactly(envelope);
		}
	}

	@Test
	void framesOfOtherStreamsAndControlMayComeBetweenFragments() {
		ByteBuf large = Frames.encode(message(3, "x".repeat(Protocol.MAX_FRAGMENT + 1)));
		int typeBytes = GoldenBytes.bytes(GoldenBytes.TYPE).length;
		ByteBuf head = large.readSlice(typeBytes + 24 + Protocol.MAX_FRAGMENT);
		ByteBuf in = Unpooled.wrappedBuffer(head, GoldenBytes.buffer(GoldenBytes.MESSAGE, GoldenBytes.PING), large);
		assertThat(Frames.decode(in)).containsExactly(MESSAGE, new Envelope.Ping(5, false),
				message(3, "x".repeat(Protocol.MAX_FRAGMENT + 1)));
	}

	@Test
	void aResetDropsTheFragmentsOfItsStream() {
		ByteBuf in = GoldenBytes.buffer(GoldenBytes.TYPE, "00000016 01 01 0000 00000003 0000000000000000 00000001 6869",
				GoldenBytes.RESET, "00000016 01 00 0000 00000003 0000000000000000 00000001 6869");
		assertThat(Frames.decode(in))
			.containsExactly(new Envelope.Reset(3, new ErrorInfo(ErrorCode.CANCELLED, "enough")), message(3, "hi"));
	}

	static Stream<String[]> broken() {
		String first = "00000016 01 01 0000 00000003 0000000000000000 00000001 6869";
		return Stream.of(new String[][] { //
				{ "a fragment without a beginning", "00000015 04 00 0000 00000003 0000000000000000 00000000 78" },
				{ "a message inside another", first + "00000016 01 00 0000 00000003 0000000000000000 00000001 6869" },
				{ "a reply inside a message", first + "00000014 02 00 0000 00000003 0000000000000008 00000000" },
				{ "type number 0",
						"00000024 05 00 0000 00000000 0000000000000000 00000000"
								+ " 01 00 0000000000000000 0004 6e6f7465" },
				{ "a type announced twice", GoldenBytes.TYPE + GoldenBytes.TYPE },
				{ "a type without a name",
						"00000020 05 00 0000 00000000 0000000000000000 00000001" + " 01 00 0000000000000000 0000" },
				{ "a type name longer than the frame",
						"00000021 05 00 0000 00000000 0000000000000000 00000001" + " 01 00 0000000000000000 0002 6e" },
				{ "a type name of 256 bytes",
						"00000120 05 00 0000 00000000 0000000000000000 00000001" + " 01 00 0000000000000000 0100 "
								+ "6e".repeat(256) },
				{ "a critical frame of an unknown kind", "00000014 63 80 0000 00000000 0000000000000000 00000000" },
				{ "a critical frame of kind 0", "00000014 00 80 0000 00000000 0000000000000000 00000000" },
				{ "fields beyond the frame", "00000014 0b 00 0004 00000000 0000000000000000 00000000" },
				{ "fields over the limit",
						"00001019 0b 00 1005 00000000 0000000000000000 00000000 0063 1001" + "00".repeat(4097) },
				{ "a field that is cut off", "00000017 0b 00 0003 00000000 0000000000000000 00000000 000100" },
				{ "a field longer than the fields",
						"00000018 0b 00 0004 00000000 0000000000000000 00000000 0001 0008" },
				{ "a timeout of 4 bytes", "0000001c 0b 00 0008 00000000 0000000000000000 00000000 0001 0004 00000001" },
				{ "an unknown critical field", "00000018 0b 00 0004 00000000 0000000000000000 00000000 8063 0000" },
				{ "a credit of 3 bytes", "00000017 0a 00 0000 00000003 0000000000000000 00000000 000001" },
				{ "a credit of 0", "00000018 0a 00 0000 00000003 0000000000000000 00000000 00000000" },
				{ "a credit of 2^31", "00000018 0a 00 0000 00000003 0000000000000000 00000000 80000000" } });
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("broken")
	void breaksTheProtocol(String rule, String frames) {
		assertThatExceptionOfType(ProtocolException.class).as(rule)
			.isThrownBy(() -> Frames.decode(GoldenBytes.buffer(frames)))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INTERNAL));
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000000", "00000013", "00009415", "7fffffff", "ffffffff" })
	void aFrameLengthOutOfRangeIsRefusedBeforeTheFrameArrives(String length) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Frames.decode(GoldenBytes.buffer(length)))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED))
			.withMessageContaining(String.valueOf(Long.parseLong(length, 16)));
		assertThat(Frames.decode(GoldenBytes.buffer("00009414"))).isEmpty();
	}

	@Test
	void whatIsNotKnownAndNotCriticalIsPassedOver() {
		ByteBuf in = GoldenBytes.buffer("00000017 63 00 0000 00000009 0000000000000009 00000009 010203", // kind
																											// 99
				"00000014 0b 7c 0000 00000000 0000000000000005 00000000", // flags
				"00000019 0b 00 0005 00000000 0000000000000005 00000000 0063 0001 07", // field
																						// 99
				"0000001a 0a 00 0000 00000003 0000000000000000 00000000 00010000 0102", // bytes
																						// behind
				GoldenBytes.TYPE,
				"00000026 05 00 0000 00000000 0000000000000000 00000002" + "01 00 d5f05c982dfb2025 0004 6e6f7465 0102");
		assertThat(Frames.decode(in)).containsExactly(new Envelope.Ping(5, false), new Envelope.Ping(5, false),
				new Envelope.Credit(3, 64 * 1024));
		assertThat(in.isReadable()).isFalse();
	}

	@Test
	void aNumberThatWasNeverAnnouncedIsATypeThatNobodyHandles() {
		List<Envelope> decoded = Frames.decode(GoldenBytes.buffer(GoldenBytes.MESSAGE));
		assertThat(decoded).singleElement()
			.isInstanceOfSatisfying(Envelope.Message.class,
					(message) -> assertThat(message.payload().typeName()).contains("1").contains("never announced"));
	}

	@Test
	void aTimeoutBeyondReasonIsNone() {
		ByteBuf in = GoldenBytes.buffer(GoldenBytes.TYPE, GoldenBytes.CALL);
		in.setLong(in.writerIndex() - 10, -1);
		assertThat(Frames.decode(in)).singleElement()
			.isInstanceOfSatisfying(Envelope.Message.class, (message) -> assertThat(message.timeoutNanos()).isZero());
	}

	@Test
	void framesAreReadWhereverTheirBytesAreCut() {
		byte[] bytes = ByteBufUtil.getBytes(all());
		List<Envelope> expected = Frames.decode(all());
		assertThat(expected).hasSize(17);
		for (int cut = 0; cut <= bytes.length; cut++) {
			EnvelopeDecoder decoder = Frames.decoder();
			ByteBuf in = Unpooled.buffer().writeBytes(bytes, 0, cut);
			List<Envelope> decoded = new ArrayList<>(Frames.decode(decoder, in));
			in.writeBytes(bytes, cut, bytes.length - cut);
			decoded.addAll(Frames.decode(decoder, in));
			assertThat(decoded).as("cut at %d", cut).isEqualTo(expected);
		}
	}

	@Test
	void framesAreReadByteByByte() {
		EnvelopeDecoder decoder = Frames.decoder();
		ByteBuf in = Unpooled.buffer();
		List<Envelope> decoded = new ArrayList<>();
		for (byte next : ByteBufUtil.getBytes(all())) {
			in.writeByte(next);
			decoded.addAll(Frames.decode(decoder, in));
		}
		assertThat(decoded).isEqualTo(Frames.decode(all()));
	}

	private static ByteBuf all() {
		ByteBuf all = GoldenBytes.buffer(GoldenBytes.TYPE, GoldenBytes.MESSAGE, GoldenBytes.CALL, GoldenBytes.REPLY);
		envelopes().forEach((arguments) -> all.writeBytes(GoldenBytes.bytes((String) arguments.get()[1])));
		return all;
	}

	@Test
	void aFrameThatEndsTooEarlyIsAProtocolErrorAndNeverAnotherException() {
		List<String> goldens = new ArrayList<>(envelopes().map((arguments) -> (String) arguments.get()[1]).toList());
		goldens.addAll(List.of(GoldenBytes.TYPE, GoldenBytes.MESSAGE, GoldenBytes.CALL, GoldenBytes.REPLY));
		int refused = 0;
		for (String golden : goldens) {
			byte[] whole = GoldenBytes.bytes(golden);
			for (int length = 24; length < whole.length; length++) {
				byte[] cut = Arrays.copyOf(whole, length);
				cut[3] = (byte) (length - 4);
				refused += refusals(cut);
			}
		}
		assertThat(refused).isGreaterThan(100);
	}

	private static int refusals(byte[] frame) {
		try {
			Frames.decode(Unpooled.wrappedBuffer(frame));
			return 0;
		}
		catch (ProtocolException ex) {
			return 1;
		}
		catch (RuntimeException ex) {
			throw new AssertionError("Frame " + HexFormat.of().formatHex(frame), ex);
		}
	}

	@Test
	void aMessageUpToTheLimitIsWrittenAndOneByteMoreIsNot() {
		Frames frames = new Frames(new NoteCodec(), 50_000);
		frames.add(new Envelope.Message(3, 1, 1, new ReferencePayload(NoteCodec.Note.ofSize(50_000))));
		assertThatExceptionOfType(MessageTooLargeException.class)
			.isThrownBy(() -> frames
				.add(new Envelope.Message(3, 1, 1, new ReferencePayload(NoteCodec.Note.ofSize(50_001)))))
			.withMessageContaining("note")
			.withMessageContaining("50001")
			.withMessageContaining("50000");
		assertThat(Frames.decode(frames.written())).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 20_000, 50_000 })
	void aMessageUpToTheLimitIsReadAndOneByteMoreIsNot(int limit) {
		Limits limits = new Limits(limit, Limits.MIN_CREDIT, Limits.MIN_CREDIT);
		EnvelopeDecoder decoder = new EnvelopeDecoder(new NoteCodec(), limits, true);
		assertThat(Frames.decode(decoder, Frames.encode(message(3, "x".repeat(limit))))).hasSize(1);
		EnvelopeDecoder other = new EnvelopeDecoder(new NoteCodec(), limits, true);
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Frames.decode(other, Frames.encode(message(3, "x".repeat(limit + 1)))))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED))
			.withMessageContaining(String.valueOf(limit));
	}

	@Test
	void beginningsOfManyMessagesAreLimitedTogether() {
		Limits limits = new Limits(50_000, Limits.MIN_CREDIT, 100_000);
		EnvelopeDecoder decoder = new EnvelopeDecoder(new NoteCodec(), limits, true);
		ByteBuf beginning = GoldenBytes.buffer(GoldenBytes.FIRST_FRAGMENT_HEADER + "78".repeat(Protocol.MAX_FRAGMENT));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> {
			for (int streamId = 1; streamId < 100; streamId += 2) {
				ByteBuf in = beginning.copy().setInt(8, streamId);
				assertThat(Frames.decode(decoder, in)).isEmpty();
			}
		}).satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
	}

	@Test
	void theRoomOfMessagesThatWereCompletedOrResetIsFreeAgain() {
		Limits limits = new Limits(50_000, Limits.MIN_CREDIT, 100_000);
		EnvelopeDecoder decoder = new EnvelopeDecoder(new NoteCodec(), limits, true);
		String beginning = GoldenBytes.FIRST_FRAGMENT_HEADER + "78".repeat(Protocol.MAX_FRAGMENT) + "\n";
		assertThat(Frames.decode(decoder, GoldenBytes.buffer(GoldenBytes.TYPE))).isEmpty();
		for (int i = 0; i < 50; i++) {
			ByteBuf completed = GoldenBytes.buffer(beginning + GoldenBytes.LAST_FRAGMENT_HEADER + "78");
			assertThat(Frames.decode(decoder, completed)).hasSize(1);
			assertThat(Frames.decode(decoder, GoldenBytes.buffer(beginning + GoldenBytes.RESET))).hasSize(1);
		}
	}

	@Test
	void moreTypesThanALimitAreRefused() {
		EnvelopeDecoder decoder = Frames.decoder();
		ByteBuf type = GoldenBytes.buffer(GoldenBytes.TYPE);
		for (int i = 1; i <= 16 * 1024; i++) {
			assertThat(Frames.decode(decoder, type.copy().setInt(20, i))).isEmpty();
		}
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Frames.decode(decoder, type.copy().setInt(20, 16 * 1024 + 1)))
			.withMessageContaining("16384");
	}

}
