package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Jobs of several groups.
 *
 * @param jobs the jobs, newest first
 * @param silentGroups groups that have not answered within a second, as
 * {@code NAME-VERSION}
 * @param problems a line for each reference without a job, and for each that fits several
 */
@Message("gshell.JobListing")
public record JobListing(List<JobInGroup> jobs, List<String> silentGroups, List<String> problems) {

}
