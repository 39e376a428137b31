package io.adaptive.message;

import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorInfo}.
 */
class ErrorInfoTests {

	static Stream<Arguments> codes() {
		return Stream.of(Arguments.of(new AdaptiveException(ErrorCode.OK, "x"), ErrorCode.UNKNOWN),
				Arguments.of(new RemoteException(new ErrorInfo(ErrorCode.OK, "x")), ErrorCode.UNKNOWN),
				Arguments.of(new AdaptiveException(ErrorCode.NOT_FOUND, "x"), ErrorCode.NOT_FOUND),
				Arguments.of(new RemoteException(new ErrorInfo(ErrorCode.ABORTED, "x")), ErrorCode.ABORTED),
				Arguments.of(new CancellationException("x"), ErrorCode.CANCELLED),
				Arguments.of(new IllegalStateException("x"), ErrorCode.UNKNOWN));
	}

	@ParameterizedTest
	@MethodSource("codes")
	void anErrorIsNeverOk(Throwable error, ErrorCode code) {
		assertThat(ErrorInfo.of(error, "here").code()).isEqualTo(code);
		assertThat(ErrorInfo.of(error, "here").message()).isEqualTo("x");
	}

	@Test
	void thePassedOnErrorKeepsItsOrigin() {
		ErrorInfo first = ErrorInfo.of(new AdaptiveException(ErrorCode.OK, "x"), "there");
		assertThat(ErrorInfo.of(new RemoteException(first), "here").origin()).isEqualTo("there");
	}

}
