package io.adaptive.gshell.supervisor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

import io.adaptive.gshell.group.RestartPolicy;
import io.adaptive.gshell.message.group.RestartRule;

/**
 * Pauses before a group is started again: none at first, then those of a job that fails.
 * For one thread.
 */
final class GroupBackoff {

	private static final RestartRule RULE = RestartRule.atMost(Integer.MAX_VALUE);

	private final RestartPolicy policy;

	private final InstantSource clock;

	private int deaths;

	GroupBackoff(InstantSource clock, RandomGenerator random) {
		this.policy = new RestartPolicy(RULE, clock, random);
		this.clock = clock;
	}

	/**
	 * Tells how long to wait after a death.
	 * @param startedAt when the process that has died was started
	 */
	Duration afterDeath(Instant startedAt) {
		if (!this.clock.instant().isBefore(startedAt.plus(RULE.resetAfter()))) {
			this.deaths = 0;
		}
		int before = this.deaths++;
		return (before == 0) ? Duration.ZERO
				: this.policy.after(startedAt, before - 1).map(RestartPolicy.Restart::delay).orElseThrow();
	}

}
