package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * Limits of a group, set when it is made.
 *
 * @param maxProcessors processors, 0 for no limit
 * @param realTimePriority priority of SCHED_RR from 1 to 99, 0 for none
 * @param memoryBytes size of the heap
 */
@Message("gshell.group.GroupLimits")
public record GroupLimits(int maxProcessors, int realTimePriority, long memoryBytes) {

	/** A heap of 256 MB, and no other limit. */
	public static final GroupLimits DEFAULT = new GroupLimits(0, 0, 256L << 20);

}
