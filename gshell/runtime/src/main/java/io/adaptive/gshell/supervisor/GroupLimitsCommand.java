package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.gshell.message.group.GroupLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a command that sets the limits of a group.
 *
 * @param before commands before {@code java}
 * @param options options of the JVM
 * @param notes a line for each limit that cannot be set
 */
record GroupLimitsCommand(List<String> before, List<String> options, List<String> notes) {

	private static final Logger logger = LoggerFactory.getLogger(GroupLimitsCommand.class);

	private static final String HEAP_ONLY = "the heap of the group is limited, not its other memory";

	/**
	 * Tries which limits can be set, and makes the control groups of the group.
	 */
	static GroupLimitsCommand of(GroupLimits limits, String group, GroupControl control) {
		GroupLimitsCommand command = new GroupLimitsCommand(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		command.add(List.of("setsid"), "the group has no session of its own and ends with the daemon's terminal");
		if (limits.realTimePriority() > 0) {
			command.add(List.of("chrt", "-r", String.valueOf(limits.realTimePriority())),
					"real-time priority %s is not set".formatted(limits.realTimePriority()));
		}
		if (limits.maxProcessors() > 0) {
			command.processors(limits.maxProcessors(), group);
		}
		command.options.add("-Xmx%sk".formatted(limits.memoryBytes() >> 10));
		command.controlGroups(limits, control);
		return command;
	}

	/**
	 * Control groups for limits that were asked for. Processors are bound by their
	 * affinity as well, so that nothing is missing without one.
	 */
	private void controlGroups(GroupLimits limits, GroupControl control) {
		Set<Path> files = new LinkedHashSet<>();
		if (limits.memoryBytes() != GroupLimits.DEFAULT.memoryBytes()) {
			try {
				files.add(control.limitMemory(limits.memoryBytes()));
			}
			catch (IOException ex) {
				this.notes.add(HEAP_ONLY + ": " + ex.getMessage());
			}
		}
		if (limits.maxProcessors() > 0) {
			try {
				files.add(control.limitProcessors(limits.maxProcessors()));
			}
			catch (IOException ex) {
				logger.info("no control group limits the processors of a group: {}", ex.getMessage());
			}
		}
		if (!files.isEmpty()) {
			add(GroupControl.enter(files), "the group is in no control group");
		}
	}

	private void add(List<String> command, String consequence) {
		String problem = CommandProbe.problem(command);
		if (problem.isEmpty()) {
			this.before.addAll(command);
		}
		else {
			this.notes.add("%s: %s".formatted(consequence, problem));
		}
	}

	private void processors(int count, String group) {
		Processors processors = Processors.ofThisProcess();
		int available = Runtime.getRuntime().availableProcessors();
		if (count > available) {
			this.notes.add("%s processors are wanted, the daemon has %s".formatted(count, available));
		}
		this.options.add("-XX:ActiveProcessorCount=%s".formatted(Math.min(count, available)));
		if (count >= processors.numbers().size() && !processors.numbers().isEmpty()) {
			return;
		}
		if (processors.numbers().isEmpty()) {
			this.notes.add("the processors of the group are counted, not bound: the system does not tell them");
		}
		else {
			add(List.of("taskset", "-c", processors.choose(count, group)),
					"the processors of the group are counted, not bound");
		}
	}

}
