package io.adaptive.gshell.supervisor;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GroupBackoffTests {

	private Instant now = Instant.parse("2026-11-30T10:00:00Z");

	@Test
	void theFirstRestartIsAtOnceAndOthersBackOffTo60Seconds() {
		GroupBackoff backoff = new GroupBackoff(() -> this.now, new Random(1));
		assertThat(backoff.afterDeath(this.now)).isZero();
		for (int seconds : new int[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 }) {
			assertThat(backoff.afterDeath(this.now).toMillis()).isBetween(seconds * 900L, seconds * 1100L);
		}
		Instant started = this.now;
		this.now = this.now.plus(Duration.ofMinutes(10));
		assertThat(backoff.afterDeath(started)).isZero();
	}

}
