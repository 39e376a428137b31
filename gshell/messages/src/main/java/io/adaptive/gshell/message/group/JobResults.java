package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Results of a command, one for each reference.
 *
 * @param results one for each reference, in their order
 */
@Message("gshell.group.JobResults")
public record JobResults(List<JobResult> results) {

}
