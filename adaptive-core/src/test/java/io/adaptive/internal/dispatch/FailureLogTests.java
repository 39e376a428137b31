package io.adaptive.internal.dispatch;

import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import io.adaptive.fixture.CapturedLog;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureLog}.
 */
class FailureLogTests {

	private final AtomicLong now = new AtomicLong();

	private final FailureLog failures = new FailureLog(new ServiceName("test", "echo"), this.now::get);

	@Test
	void aHandlerThatFailsWithEveryMessageIsToldOfOnceAMinute() {
		try (CapturedLog log = new CapturedLog(FailureLog.class.getName(), Level.DEBUG)) {
			for (int i = 0; i < 1000; i++) {
				this.failures.failed("text", new IllegalStateException("broken"));
			}
			this.failures.failed("number", new IllegalStateException("broken, too"));
			assertThat(log.lines()).containsExactly("handler failed service=test/echo message=text failedSince=0",
					"handler failed service=test/echo message=number failedSince=0");
			assertThat(log.events().get(0).getThrowableProxy().getMessage()).isEqualTo("broken");
			log.clear();
			this.now.addAndGet(FailureLog.PAUSE_NANOS);
			this.failures.failed("text", new IllegalStateException("still broken"));
			assertThat(log.lines()).containsExactly("handler failed service=test/echo message=text failedSince=999");
		}
	}

	@Test
	void whatCannotBeDecodedIsToldOfOnceAMinuteForEachType() {
		try (CapturedLog log = new CapturedLog(FailureLog.class.getName(), Level.DEBUG)) {
			for (int i = 0; i < 10; i++) {
				this.failures.undecodable("text", 7, ErrorCode.INVALID_ARGUMENT);
			}
			this.failures.failed("text", new IllegalStateException("broken"));
			assertThat(log.lines()).containsExactly(
					"message not decoded service=test/echo message=text bytes=7 code=INVALID_ARGUMENT notDecodedSince=0",
					"handler failed service=test/echo message=text failedSince=0");
			log.clear();
			this.now.addAndGet(FailureLog.PAUSE_NANOS);
			this.failures.undecodable("text", 8, ErrorCode.INTERNAL);
			assertThat(log.lines()).containsExactly(
					"message not decoded service=test/echo message=text bytes=8 code=INTERNAL notDecodedSince=9");
		}
	}

}
