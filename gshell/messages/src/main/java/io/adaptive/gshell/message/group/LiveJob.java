package io.adaptive.gshell.message.group;

import java.time.Duration;
import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Resources that a running job uses.
 *
 * @param threads number of its threads, without virtual ones that wait
 * @param cpu processor time of its platform threads that live
 * @param allocatedBytes bytes allocated by these threads; -1 if the JVM does not count
 * @param processes child processes, a line each
 * @param stacks stacks of its threads, at most 100; only if the job is stuck
 * @param sharedTypes binary names of the types of its code that are loaded once for all
 * jobs of the group
 */
@Message("gshell.group.LiveJob")
public record LiveJob(int threads, Duration cpu, long allocatedBytes, List<String> processes, List<String> stacks,
		List<String> sharedTypes) {

}
