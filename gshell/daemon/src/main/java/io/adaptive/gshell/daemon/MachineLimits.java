package io.adaptive.gshell.daemon;

import java.util.List;

import io.adaptive.gshell.message.GroupLimit;
import io.adaptive.gshell.supervisor.CommandProbe;

/**
 * Limits of groups that this machine can set.
 */
final class MachineLimits {

	private MachineLimits() {
	}

	static List<GroupLimit> find() {
		return List.of(processors(CommandProbe.problem(List.of("taskset", "ffffffff"))),
				realTime(CommandProbe.problem(List.of("chrt", "-r", "1"))),
				new GroupLimit("memory", true, "size of the heap; no control group limits the process"));
	}

	static GroupLimit processors(String problem) {
		return new GroupLimit("maxprocs", true, "ActiveProcessorCount of the JVM, "
				+ (problem.isEmpty() ? "and affinity by taskset" : "without affinity: " + problem));
	}

	static GroupLimit realTime(String problem) {
		return problem.isEmpty() ? new GroupLimit("rt", true, "SCHED_RR by chrt")
				: new GroupLimit("rt", false, problem + "; install util-linux, or raise the limit rtprio of this user");
	}

}
