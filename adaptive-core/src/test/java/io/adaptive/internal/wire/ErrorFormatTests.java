package io.adaptive.internal.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorFormatTests {

	private static ErrorInfo roundTrip(ErrorInfo error) {
		ByteBuf buffer = Unpooled.buffer();
		ErrorFormat.write(buffer, error);
		ErrorInfo read = ErrorFormat.read(buffer);
		assertThat(buffer.isReadable()).isFalse();
		return read;
	}

	@ParameterizedTest
	@EnumSource
	void everyCodeAndDeliveryComesBack(ErrorCode code) {
		for (Delivery delivery : Delivery.values()) {
			ErrorInfo error = new ErrorInfo(code, "m", "t", "o", delivery, Duration.ofMillis(1));
			assertThat(roundTrip(error)).isEqualTo(error);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "é", "€", "😀" })
	void aLongTextIsCutBetweenTwoCharacters(String character) {
		for (int offset = 0; offset < 4; offset++) {
			String text = "a".repeat(offset) + character.repeat(9000);
			ErrorInfo cut = roundTrip(new ErrorInfo(ErrorCode.UNKNOWN, text, text, text, Delivery.UNKNOWN, null));
			int width = character.getBytes(StandardCharsets.UTF_8).length;
			String expected = "a".repeat(offset) + character.repeat((8192 - offset) / width);
			assertThat(cut.message()).isEqualTo(expected);
			assertThat(cut.type()).isEqualTo(expected);
			assertThat(cut.origin()).isEqualTo(expected);
		}
	}

	@Test
	void aTextOfExactlyTheLimitIsNotCut() {
		String text = "€".repeat(8190 / 3) + "ab";
		assertThat(roundTrip(new ErrorInfo(ErrorCode.UNKNOWN, text)).message()).isEqualTo(text);
	}

	@Test
	void anErrorAlwaysFitsInOneFrame() {
		String text = "x".repeat(100_000);
		ByteBuf buffer = Unpooled.buffer();
		ErrorFormat.write(buffer, new ErrorInfo(ErrorCode.UNKNOWN, text, text, text, Delivery.UNKNOWN, null));
		assertThat(buffer.readableBytes()).isLessThanOrEqualTo(Protocol.MAX_FRAGMENT);
	}

	static Stream<Arguments> retryTimes() {
		return Stream.of(Arguments.of(Duration.ofMillis(1), Duration.ofMillis(1)), Arguments.of(Duration.ZERO, null),
				Arguments.of(Duration.ofSeconds(-1), null),
				Arguments.of(Duration.ofDays(100), Duration.ofMillis(Integer.MAX_VALUE)),
				Arguments.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofMillis(Integer.MAX_VALUE)));
	}

	@ParameterizedTest
	@MethodSource("retryTimes")
	void aRetryTimeIsKeptWithinItsRange(Duration retryAfter, Duration expected) {
		ErrorInfo error = new ErrorInfo(ErrorCode.UNKNOWN, "", "", "", Delivery.UNKNOWN, retryAfter);
		assertThat(roundTrip(error).retryAfter()).isEqualTo(expected);
	}

	@Test
	void numbersOfANewerPeerAreUnknown() {
		ByteBuf buffer = Unpooled.buffer().writeByte(200).writeByte(200).writeInt(0).writeZero(6);
		assertThat(ErrorFormat.read(buffer)).isEqualTo(new ErrorInfo(ErrorCode.UNKNOWN, ""));
	}

}
