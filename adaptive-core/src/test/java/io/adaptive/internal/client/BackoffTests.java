package io.adaptive.internal.client;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Backoff}.
 */
class BackoffTests {

	private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(1));

	private void assertGrows() {
		for (long full : List.of(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L)) {
			assertThat(this.backoff.next()).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
		}
	}

	@Test
	void delaysGrowUpToALimitAndFromTheStartAfterASuccess() {
		assertGrows();
		this.backoff.reset();
		assertGrows();
	}

	@Test
	void noTwoWaitEquallyLong() {
		IntStream.range(0, 10).forEach((i) -> this.backoff.next());
		assertThat(Stream.generate(this.backoff::next).limit(100)).doesNotHaveDuplicates()
			.anyMatch((delay) -> delay.toMillis() < 3000)
			.anyMatch((delay) -> delay.toMillis() > 4500);
	}

}
