package io.adaptive.internal.message;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTests {

	private static final Duration LONG = Duration.ofHours(1);

	@Test
	void whatIsLeftIsNoMoreThanTheTimeAndNotNegative() {
		assertThat(Deadline.in(LONG).left()).isLessThanOrEqualTo(LONG).isGreaterThan(LONG.dividedBy(2));
		assertThat(Deadline.in(Duration.ZERO).left()).isZero();
		assertThat(new Deadline(System.nanoTime() - LONG.toNanos(), 1).leftNanos()).isZero();
	}

	@Test
	void aHundredYearsAreNoLimit() {
		assertThat(Deadline.in(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Deadline.NEVER);
		assertThat(Deadline.NEVER.leftNanos()).isEqualTo(Long.MAX_VALUE);
		assertThat(Deadline.NEVER.before(LONG)).isEqualTo(Deadline.NEVER);
	}

	@Test
	void theSoonerOneIsChosen() {
		Deadline soon = Deadline.in(Duration.ofSeconds(1));
		Deadline late = Deadline.in(LONG);
		assertThat(soon.soonerOf(late)).isEqualTo(soon);
		assertThat(late.soonerOf(soon)).isEqualTo(soon);
		assertThat(Deadline.NEVER.soonerOf(soon)).isEqualTo(soon);
	}

	@Test
	void noMoreThanAQuarterIsKept() {
		Deadline deadline = new Deadline(7, 1000);
		assertThat(deadline.before(Duration.ofNanos(100))).isEqualTo(new Deadline(7, 900));
		assertThat(deadline.before(LONG)).isEqualTo(new Deadline(7, 750));
	}

}
