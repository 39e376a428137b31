package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Jobs of several groups.
 *
 * @param jobs the jobs, newest first
 * @param silentGroups groups that have not answered in time, as {@code NAME-VERSION}
 * @param problems a line for each reference without a job, for each that fits several,
 * and for each group that could not be asked or has failed
 */
@Message("gshell.JobListing")
public record JobListing(List<JobInGroup> jobs, List<String> silentGroups, List<String> problems) {

}
