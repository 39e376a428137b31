package io.adaptive.gshell.daemon;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.gshell.message.GroupLimit;

/**
 * Limits of groups that this machine can set.
 */
final class MachineLimits {

	private MachineLimits() {
	}

	static List<GroupLimit> find() {
		return List.of(processors(), realTime(), new GroupLimit("memory", true, "size of the heap"));
	}

	private static GroupLimit processors() {
		String how = "ActiveProcessorCount of the JVM";
		return new GroupLimit("maxprocs", true, hasProgram("taskset") ? how + ", and affinity by taskset"
				: how + ", without affinity: there is no program taskset");
	}

	private static GroupLimit realTime() {
		if (!hasProgram("chrt")) {
			return new GroupLimit("rt", false, "there is no program chrt; install util-linux");
		}
		return mayUseRealTime() ? new GroupLimit("rt", true, "SCHED_RR by chrt")
				: new GroupLimit("rt", false, "this user may not use SCHED_RR; raise its limit rtprio");
	}

	private static boolean hasProgram(String name) {
		return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
			.anyMatch((folder) -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, name)));
	}

	/**
	 * Tries it on a process that does nothing.
	 */
	private static boolean mayUseRealTime() {
		try {
			Process process = new ProcessBuilder("chrt", "-r", "1", "true").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
