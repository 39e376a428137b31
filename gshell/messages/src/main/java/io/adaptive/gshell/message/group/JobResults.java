package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * What became of a command, for each reference.
 *
 * @param results one for each reference, in their order
 */
@Message("gshell.group.JobResults")
public record JobResults(List<JobResult> results) {

}
