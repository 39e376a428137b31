package io.adaptive.gshell.job;

import java.time.Duration;

/**
 * Bounds of the steps at the end of a job. A step ends earlier when nothing is left.
 *
 * @param hooks for the shutdown hooks, all together
 * @param interrupts for threads that were interrupted and child processes that were asked
 * to end
 * @param check for threads after the woven check is set, and killed child processes; then
 * the job is stuck
 */
public record JobTimeouts(Duration hooks, Duration interrupts, Duration check) {

	/** 3 s for hooks, 1 s for interrupts, 2 s for the check. */
	public static final JobTimeouts DEFAULT = new JobTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(1),
			Duration.ofSeconds(2));

}
