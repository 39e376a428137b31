package io.adaptive.gshell.group;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.adaptive.gshell.group.RestartPolicy.Restart;
import io.adaptive.gshell.message.group.RestartRule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestartPolicyTests {

	private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

	private Instant now = START;

	private RestartPolicy policy(RestartRule rule) {
		return new RestartPolicy(rule, () -> this.now, new Random(1));
	}

	@Test
	void pausesDoubleUpToTheLimitWithJitter() {
		RestartPolicy policy = policy(RestartRule.atMost(9));
		List<Double> factors = new ArrayList<>();
		int failures = 0;
		for (int seconds : new int[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 }) {
			Restart restart = policy.after(this.now, failures).orElseThrow();
			failures = restart.failures();
			factors.add(restart.delay().toMillis() / 1000.0 / seconds);
		}
		assertThat(factors).allSatisfy((factor) -> assertThat(factor).isBetween(0.9, 1.1)).doesNotHaveDuplicates();
		assertThat(failures).isEqualTo(9);
		assertThat(policy.after(this.now, failures)).isEmpty();
	}

	@Test
	void aLongRunStartsFromTheBegin() {
		RestartPolicy policy = policy(RestartRule.atMost(3));
		this.now = START.plus(Duration.ofMinutes(10)).minusMillis(1);
		assertThat(policy.after(START, 3)).isEmpty();
		this.now = START.plus(Duration.ofMinutes(10));
		assertThat(policy.after(START, 3).map(Restart::failures)).isEqualTo(Optional.of(1));
		assertThat(policy.after(START, 3).orElseThrow().delay()).isBetween(Duration.ofMillis(900),
				Duration.ofMillis(1100));
	}

	@Test
	void bothLimitsCanBeSet() {
		RestartPolicy policy = policy(new RestartRule(5, Duration.ofSeconds(3), Duration.ofSeconds(7)));
		assertThat(policy.after(START, 4).orElseThrow().delay()).isBetween(Duration.ofMillis(2700),
				Duration.ofMillis(3300));
		this.now = START.plusSeconds(7);
		assertThat(policy.after(START, 4).orElseThrow().failures()).isEqualTo(1);
	}

	@Test
	void withoutARuleThereIsNoRestart() {
		assertThat(policy(RestartRule.NONE).after(START, 0)).isEmpty();
	}

}
