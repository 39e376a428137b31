package io.adaptive.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.adaptive.message.MessageHeaders;
import io.adaptive.message.Priority;
import io.adaptive.message.TraceContext;
import io.adaptive.message.TraceTag;
import io.adaptive.message.TraceToken;
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

/**
 * What travels beside a message, as fields of its frame.
 */
class HeaderFieldTests {

	private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private static final TraceTag TAG = new TraceTag(
			new TraceToken(UUID.fromString("0b7e1c5a-8f0d-4d6e-9d59-1f6f1a0f4c11"), 3), 0x8000000000000001L);

	private static final MessageHeaders HEADERS = new MessageHeaders(new TraceContext(TRACEPARENT, "a=1", "u=%3=1"),
			TAG);

	private static Envelope.Message message(MessageHeaders headers) {
		return new Envelope.Message(1, 0, 0, Priority.LOW, headers, new ReferencePayload(new NoteCodec.Note("hi")));
	}

	private static MessageHeaders travelled(MessageHeaders headers) {
		return read(Frames.encode(message(headers)));
	}

	private static MessageHeaders read(ByteBuf frames) {
		List<Envelope> envelopes = Frames.decode(frames);
		assertThat(envelopes).hasSize(1);
		return ((Envelope.Message) envelopes.get(0)).headers();
	}

	@Test
	void areWrittenAndReadAsTheDocumentSays() {
		assertThat(ByteBufUtil.hexDump(Frames.encode(message(HEADERS))))
			.isEqualTo(ByteBufUtil.hexDump(GoldenBytes.buffer(GoldenBytes.TYPE, GoldenBytes.WATCHED_MESSAGE)));
		assertThat(Frames.decode(GoldenBytes.buffer(GoldenBytes.TYPE, GoldenBytes.WATCHED_MESSAGE)))
			.containsExactly(message(HEADERS));
	}

	static Stream<MessageHeaders> headers() {
		return Stream.of(MessageHeaders.NONE, new MessageHeaders(null, TAG),
				new MessageHeaders(new TraceContext(TRACEPARENT, null, null), null),
				new MessageHeaders(new TraceContext(TRACEPARENT, "s".repeat(256), null), TAG),
				new MessageHeaders(new TraceContext(TRACEPARENT, null, "b".repeat(512)), null),
				new MessageHeaders(new TraceContext("01" + TRACEPARENT.substring(2) + "-more", null, null), null),
				new MessageHeaders(new TraceContext(TRACEPARENT, "s".repeat(256), "b".repeat(512)), TAG));
	}

	@ParameterizedTest
	@MethodSource("headers")
	void arriveAsTheyWereSent(MessageHeaders headers) {
		assertThat(travelled(headers)).isEqualTo(headers);
	}

	@Test
	void nothingBesideAMessageIsTheSameNothing() {
		assertThat(travelled(MessageHeaders.NONE)).isSameAs(MessageHeaders.NONE);
	}

	@Test
	void aFragmentedMessageKeepsThem() {
		Envelope envelope = new Envelope.Message(3, 1, 1, null, HEADERS,
				new ReferencePayload(NoteCodec.Note.ofSize(100_000)));
		assertThat(Frames.decode(Frames.encode(envelope))).containsExactly(envelope);
	}

	@Test
	void whatIsTooLongIsLeftOutAndTheRestIsNot() {
		assertThat(travelled(new MessageHeaders(new TraceContext(TRACEPARENT, "s".repeat(257), "b".repeat(513)), TAG)))
			.isEqualTo(new MessageHeaders(new TraceContext(TRACEPARENT, null, null), TAG));
	}

	@Test
	void whatIsNotAsciiIsLeftOut() {
		assertThat(travelled(new MessageHeaders(new TraceContext(TRACEPARENT, "a=\u00f6", "b=\u0000"), null)))
			.isEqualTo(new MessageHeaders(new TraceContext(TRACEPARENT, null, null), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
			"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-00000000000000000000000000000000-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
			"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
			"00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\u0131-01" })
	void aMalformedTraceparentIsNeitherSentNorBelieved(String traceparent) {
		MessageHeaders headers = new MessageHeaders(new TraceContext(traceparent, "a=1", "b=2"), TAG);
		assertThat(travelled(headers)).isEqualTo(new MessageHeaders(null, TAG));
		byte[] value = traceparent.getBytes(StandardCharsets.UTF_8);
		assertThat(read(frame(2, value))).isSameAs(MessageHeaders.NONE);
	}

	static Stream<Arguments> malformedFields() {
		return Stream.of(Arguments.of(2, new byte[1000]), Arguments.of(2, new byte[0]), Arguments.of(3, new byte[0]),
				Arguments.of(3, new byte[27]), Arguments.of(3, new byte[29]), Arguments.of(3, new byte[28]),
				Arguments.of(3, negativeSequence()), Arguments.of(5, "a=1".getBytes(StandardCharsets.UTF_8)),
				Arguments.of(6, new byte[3000]));
	}

	private static byte[] negativeSequence() {
		byte[] tag = new byte[28];
		tag[16] = (byte) 0x80;
		tag[27] = 1;
		return tag;
	}

	@ParameterizedTest
	@MethodSource("malformedFields")
	void malformedFieldsAreIgnored(int tag, byte[] value) {
		assertThat(read(frame(tag, value))).isSameAs(MessageHeaders.NONE);
	}

	/**
	 * A message with one field that its sender should not have sent.
	 */
	private static ByteBuf frame(int tag, byte[] value) {
		ByteBuf frames = Unpooled.buffer();
		frames.writeBytes(GoldenBytes.buffer(GoldenBytes.TYPE));
		frames.writeInt(20 + 4 + value.length + 2);
		frames.writeByte(1).writeByte(0).writeShort(4 + value.length);
		frames.writeInt(1).writeLong(0).writeInt(1);
		frames.writeShort(tag).writeShort(value.length).writeBytes(value);
		return frames.writeBytes(new byte[] { 'h', 'i' });
	}

}
