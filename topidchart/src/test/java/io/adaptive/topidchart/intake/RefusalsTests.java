package io.adaptive.topidchart.intake;

import java.time.Clock;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * Tests for {@link Refusals}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusalsTests {

	private final Clock clock = mock(Clock.class);

	private final Refusals refusals = new Refusals(this.clock);

	private void log(String sender, ErrorCode code) {
		this.refusals.log(sender, new AdaptiveException(code, "a reason"));
	}

	private static long lines(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("is refused")).count();
	}

	@Test
	void theFirstOfEachKindIsLogged(CapturedOutput output) {
		for (int i = 0; i < 5; i++) {
			log("session a", ErrorCode.INVALID_ARGUMENT);
			log("session a", ErrorCode.NOT_FOUND);
			log("session b", ErrorCode.NOT_FOUND);
		}
		assertThat(lines(output)).isEqualTo(3);
	}

	@Test
	void manySendersGetTwentyLinesAMinute(CapturedOutput output) {
		for (int i = 0; i < 500; i++) {
			log("session " + i, ErrorCode.NOT_FOUND);
		}
		assertThat(lines(output)).isEqualTo(20);
		when(this.clock.millis()).thenReturn(3_000L);
		log("session 1000", ErrorCode.NOT_FOUND);
		assertThat(lines(output)).isEqualTo(21);
		assertThat(output.getAll()).contains("session 1000 is refused, further ones are not logged: a reason; refused "
				+ "since the line before, and not logged: 480");
	}

}
