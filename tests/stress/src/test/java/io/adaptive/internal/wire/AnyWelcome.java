package io.adaptive.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may come back from where a connection was opened to.
 * <p>
 * Apart from its test and the examples: what is loaded before Jazzer's agent is
 * transformed a second time, which damages records and nested classes on JDK 17.
 */
final class AnyWelcome {

	/** A longer one does not fit in a handshake again once broken UTF-8 is replaced. */
	private static final int REPEATABLE_REASON = 1_000;

	private AnyWelcome() {
	}

	static void check(byte[] bytes) {
		ByteBuf in = Unpooled.wrappedBuffer(bytes);
		Welcome welcome = read(in);
		assertThat(in.refCnt()).isOne();
		if (welcome != null) {
			assertThat(read(Unpooled.wrappedBuffer(bytes, 0, in.readerIndex() - 1))).as("one byte less").isNull();
			if (!(welcome instanceof Welcome.Refused refused) || refused.reason().length() <= REPEATABLE_REASON) {
				ByteBuf written = Unpooled.buffer();
				welcome.write(written);
				assertThat(read(written)).isEqualTo(welcome);
				assertThat(written.isReadable()).isFalse();
			}
		}
	}

	private static @Nullable Welcome read(ByteBuf in) {
		try {
			Welcome welcome = Welcome.read(in);
			if (welcome == null) {
				assertThat(in.readerIndex()).as("nothing is taken before all is there").isZero();
				assertThat(in.readableBytes()).isLessThan(8 + Protocol.MAX_HANDSHAKE_FIELDS);
			}
			return welcome;
		}
		catch (ProtocolException ex) {
			assertThat(ex.getMessage()).isNotBlank();
			return null;
		}
	}

}
