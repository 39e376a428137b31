package io.adaptive.gshell.message;

import io.adaptive.gshell.message.group.JobRecord;

/**
 * A job and its group.
 *
 * @param group name of the group
 * @param version version of the group
 * @param job the job
 */
public record JobInGroup(String group, String version, JobRecord job) {

}
