package io.adaptive.gshell.daemon;

import java.util.List;

import io.adaptive.gshell.message.GroupLimit;
import io.adaptive.gshell.supervisor.CommandProbe;
import io.adaptive.gshell.supervisor.ControlGroups;

/**
 * Limits of groups that this machine can set.
 */
final class MachineLimits {

	private MachineLimits() {
	}

	static List<GroupLimit> find() {
		ControlGroups groups = ControlGroups.ofThisSystem();
		return List.of(processors(CommandProbe.problem(List.of("taskset", "ffffffff")), groups.problem("cpu")),
				realTime(CommandProbe.problem(List.of("chrt", "-r", "1"))), memory(groups.problem("memory")));
	}

	static GroupLimit processors(String affinity, String controlGroup) {
		return new GroupLimit("maxprocs", true,
				"ActiveProcessorCount of the JVM, %s; %s".formatted(
						affinity.isEmpty() ? "affinity by taskset" : "without affinity: " + affinity,
						controlGroup(controlGroup)));
	}

	static GroupLimit memory(String controlGroup) {
		return new GroupLimit("memory", true, "size of the heap; " + controlGroup(controlGroup));
	}

	private static String controlGroup(String problem) {
		return problem.isEmpty() ? "a control group for all processes" : "no control group: " + problem;
	}

	static GroupLimit realTime(String problem) {
		return problem.isEmpty() ? new GroupLimit("rt", true, "SCHED_RR by chrt")
				: new GroupLimit("rt", false, problem + "; install util-linux, or raise the limit rtprio of this user");
	}

}
