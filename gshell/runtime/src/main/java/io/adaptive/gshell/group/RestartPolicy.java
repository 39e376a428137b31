package io.adaptive.gshell.group;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.adaptive.gshell.message.group.RestartRule;

/**
 * Pauses before restarts: 1, 2, 4 seconds and so on up to a limit, each up to a tenth
 * shorter or longer by chance, and from the start again after a long run. Immutable.
 */
public final class RestartPolicy {

	private static final Duration FIRST = Duration.ofSeconds(1);

	private static final double JITTER = 0.1;

	private final RestartRule rule;

	private final InstantSource clock;

	private final RandomGenerator random;

	/**
	 * Makes a policy.
	 * @param rule restarts at most, and the limits of the times
	 * @param clock tells when a run has ended
	 * @param random chooses the jitter
	 */
	public RestartPolicy(RestartRule rule, InstantSource clock, RandomGenerator random) {
		this.rule = rule;
		this.clock = clock;
		this.random = random;
	}

	/**
	 * Decides after a failure, at the time of the failure.
	 * @param startedAt begin of the run that has failed
	 * @param failures failures in a row before that one
	 * @return failures in a row now, and the pause; empty if there is no restart
	 */
	public Optional<Restart> after(Instant startedAt, int failures) {
		Duration ran = Duration.between(startedAt, this.clock.instant());
		int before = (ran.compareTo(this.rule.resetAfter()) >= 0) ? 0 : failures;
		return (before < this.rule.atMost()) ? Optional.of(new Restart(before + 1, delay(before))) : Optional.empty();
	}

	private Duration delay(int doublings) {
		Duration limit = this.rule.maxDelay();
		Duration delay = FIRST;
		for (int index = 0; index < doublings && delay.compareTo(limit) < 0; index++) {
			delay = delay.multipliedBy(2);
		}
		delay = (delay.compareTo(limit) > 0) ? limit : delay;
		double factor = 1 + JITTER * (2 * this.random.nextDouble() - 1);
		return Duration.ofNanos((long) (delay.toNanos() * factor));
	}

	/**
	 * A restart to come.
	 *
	 * @param failures failures in a row
	 * @param delay the pause before it
	 */
	public record Restart(int failures, Duration delay) {

	}

}
