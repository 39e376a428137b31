package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Throttle}.
 */
class ThrottleTests {

	@Test
	void lettingALineThroughHoldsTheOthersBackForAWhile() {
		AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
		Throttle throttle = new Throttle(clock::get, Duration.ofNanos(10));
		assertThat(throttle.mayLog()).isTrue();
		assertThat(throttle.mayLog()).isFalse();
		clock.addAndGet(9);
		assertThat(throttle.mayLog()).isFalse();
		clock.addAndGet(1);
		assertThat(throttle.mayLog()).isTrue();
		assertThat(throttle.mayLog()).isFalse();
	}

}
