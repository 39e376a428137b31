package io.adaptive.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a stranger may send first.
 * <p>
 * Apart from its test and the examples: what is loaded before Jazzer's agent is
 * transformed a second time, which damages records and nested classes on JDK 17.
 */
final class AnyHello {

	/** A longer one does not fit in a handshake again once broken UTF-8 is replaced. */
	private static final int REPEATABLE_CODEC = 1_000;

	private AnyHello() {
	}

	static void check(byte[] bytes) {
		ByteBuf in = Unpooled.wrappedBuffer(bytes);
		Hello hello = read(in);
		assertThat(in.refCnt()).isOne();
		if (hello != null) {
			assertThat(read(Unpooled.wrappedBuffer(bytes, 0, in.readerIndex() - 1))).as("one byte less").isNull();
			if (hello.codec().length() <= REPEATABLE_CODEC) {
				ByteBuf written = Unpooled.buffer();
				hello.write(written);
				assertThat(read(written)).isEqualTo(hello);
				assertThat(written.isReadable()).isFalse();
			}
		}
	}

	private static @Nullable Hello read(ByteBuf in) {
		try {
			Hello hello = Hello.read(in);
			if (hello == null) {
				assertThat(in.readerIndex()).as("nothing is taken before all is there").isZero();
				assertThat(in.readableBytes()).isLessThan(8 + Protocol.MAX_HANDSHAKE_FIELDS);
			}
			return hello;
		}
		catch (ProtocolException ex) {
			assertThat(ex.getMessage()).isNotBlank();
			return null;
		}
	}

}
