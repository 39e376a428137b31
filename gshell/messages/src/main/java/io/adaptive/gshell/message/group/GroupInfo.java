package io.adaptive.gshell.message.group;

import java.time.Instant;
import java.util.List;

import io.adaptive.annotation.Message;

/**
 * A group.
 *
 * @param name its name
 * @param version version of the daemon that made it
 * @param pid process id
 * @param startedAt start of the process
 * @param starts starts of the process, 1 for the first
 * @param limits its limits
 * @param notes limits that could not be set, and the cause of the last death, a line each
 * @param java version of Java
 * @param jobs number of its jobs
 * @param runningJobs number of those that have not exited
 * @param heapBytes heap in use
 * @param residentBytes resident memory; -1 if unknown
 * @param log absolute path of the group's log
 */
@Message("gshell.group.GroupInfo")
public record GroupInfo(String name, String version, long pid, Instant startedAt, int starts, GroupLimits limits,
		List<String> notes, String java, int jobs, int runningJobs, long heapBytes, long residentBytes, String log) {

}
