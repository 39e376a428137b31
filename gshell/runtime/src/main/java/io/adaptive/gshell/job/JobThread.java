package io.adaptive.gshell.job;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A thread of a job at one moment.
 *
 * @param name its name; empty for most virtual threads
 * @param state its state
 * @param daemon whether it keeps the job from ending by itself; virtual threads are
 * daemons
 * @param stack its stack, the innermost frame first
 */
public record JobThread(String name, Thread.State state, boolean daemon, List<StackTraceElement> stack) {

	public JobThread {
		stack = List.copyOf(stack);
	}

	static JobThread of(Thread thread) {
		return new JobThread(thread.getName(), thread.getState(), thread.isDaemon(),
				Arrays.asList(thread.getStackTrace()));
	}

	/**
	 * Name, state and stack, one frame a line.
	 */
	@Override
	public String toString() {
		return this.stack.stream()
			.map((frame) -> "\n\tat " + frame)
			.collect(Collectors.joining("", "\"" + this.name + "\" " + this.state, ""));
	}

}
