package io.adaptive.gshell.message.group;

import java.time.Duration;

import io.adaptive.annotation.Message;

/**
 * Restarts of a job that fails.
 *
 * @param atMost restarts at most, 0 for none; counted anew after {@code resetAfter}
 * @param maxDelay longest pause before a restart
 * @param resetAfter a job that has run for this long starts again from the shortest pause
 */
@Message("gshell.group.RestartRule")
public record RestartRule(int atMost, Duration maxDelay, Duration resetAfter) {

	/** No restarts. */
	public static final RestartRule NONE = atMost(0);

	/**
	 * A rule with the usual times, 60 seconds and 10 minutes.
	 * @param atMost restarts at most
	 * @return the rule
	 */
	public static RestartRule atMost(int atMost) {
		return new RestartRule(atMost, Duration.ofSeconds(60), Duration.ofMinutes(10));
	}

}
