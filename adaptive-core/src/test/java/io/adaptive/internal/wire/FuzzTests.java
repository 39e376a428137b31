package io.adaptive.internal.wire;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import io.adaptive.message.MessageCodecException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Damaged bytes, the same ones in every run: they are read as something, or are a
 * {@link ProtocolException}, and nothing else.
 */
class FuzzTests {

	private static final int ROUNDS = 4000;

	private static final List<String> FRAMES = List.of(GoldenBytes.TYPE, GoldenBytes.MESSAGE, GoldenBytes.CALL,
			GoldenBytes.REPLY, GoldenBytes.ACKNOWLEDGEMENT, GoldenBytes.FAILURE, GoldenBytes.OPEN, GoldenBytes.END,
			GoldenBytes.RESET, GoldenBytes.CANCEL, GoldenBytes.CREDIT, GoldenBytes.PING, GoldenBytes.GO_AWAY,
			GoldenBytes.LAST_FRAGMENT_HEADER + "78", "00000016 01 01 0000 00000003 0000000000000000 00000001 6869");

	@ParameterizedTest
	@ValueSource(longs = { 1, 20, 300, 4000, 50_000 })
	void damagedFramesAreReadOrRefused(long seed) {
		Random random = new Random(seed);
		int refused = 0;
		for (int round = 0; round < ROUNDS; round++) {
			ByteBuf in = Unpooled.buffer();
			for (int i = 0; i < 6; i++) {
				ByteBuf frame = GoldenBytes.buffer(FRAMES.get(random.nextInt(FRAMES.size())));
				damage(frame, random, random.nextInt(4));
				in.writeBytes(frame);
			}
			refused += refusals(in, Frames::decode);
		}
		assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - ROUNDS / 100);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 20, 300 })
	void damagedHandshakesAreReadOrRefused(long seed) {
		Random random = new Random(seed);
		int refused = 0;
		for (int round = 0; round < ROUNDS; round++) {
			ByteBuf hello = GoldenBytes.buffer(GoldenBytes.HELLO);
			damage(hello, random, 1 + random.nextInt(3));
			refused += refusals(hello, Hello::read);
			ByteBuf welcome = GoldenBytes.buffer(random.nextBoolean() ? GoldenBytes.ACCEPTED : GoldenBytes.REFUSED);
			damage(welcome, random, 1 + random.nextInt(3));
			refused += refusals(welcome, Welcome::read);
		}
		assertThat(refused).isBetween(ROUNDS / 10, 2 * ROUNDS - ROUNDS / 100);
	}

	private static void damage(ByteBuf buffer, Random random, int times) {
		for (int i = 0; i < times; i++) {
			int at = random.nextInt(buffer.writerIndex());
			switch (random.nextInt(4)) {
				case 0 -> buffer.setByte(at, random.nextInt());
				case 1 -> buffer.setByte(at, buffer.getByte(at) ^ (1 << random.nextInt(8)));
				case 2 -> buffer.setByte(at, random.nextBoolean() ? 0 : 0xff);
				default -> buffer.setByte(at, buffer.getByte(at) + (random.nextBoolean() ? 1 : -1));
			}
		}
		if (random.nextInt(10) == 0) {
			buffer.writerIndex(random.nextInt(buffer.writerIndex() + 1));
		}
	}

	private static int refusals(ByteBuf in, Consumer<ByteBuf> reader) {
		String bytes = HexFormat.of().formatHex(ByteBufUtil.getBytes(in));
		try {
			reader.accept(in);
			return 0;
		}
		catch (ProtocolException ex) {
			assertThat(ex.getMessage()).isNotBlank();
			return 1;
		}
		catch (MessageCodecException ex) {
			// A damaged schema is another declaration, of which a message is refused.
			return 0;
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError("Not a ProtocolException for " + bytes, ex);
		}
	}

}
