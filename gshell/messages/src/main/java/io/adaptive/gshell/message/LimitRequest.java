package io.adaptive.gshell.message;

import org.jspecify.annotations.Nullable;

/**
 * Limits that the user has asked for. They count when the group is made; a group that
 * runs with other ones is an error.
 *
 * @param maxProcessors processors; {@code null} if not asked for
 * @param realTimePriority priority of SCHED_RR from 1 to 99; {@code null} if not asked
 * for
 * @param memoryBytes size of the heap; {@code null} if not asked for
 */
public record LimitRequest(@Nullable Integer maxProcessors, @Nullable Integer realTimePriority,
		@Nullable Long memoryBytes) {

	/** Nothing is asked for. */
	public static final LimitRequest NONE = new LimitRequest(null, null, null);

}
