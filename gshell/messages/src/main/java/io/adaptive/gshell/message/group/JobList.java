package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Jobs of a group.
 *
 * @param group name of the group
 * @param version version of the group
 * @param jobs the jobs, newest first
 * @param problems a line for each reference without a job, and for each that fits several
 */
@Message("gshell.group.JobList")
public record JobList(String group, String version, List<JobRecord> jobs, List<String> problems) {

}
