package io.adaptive.gshell.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The child processes of a job, with their children as far as these are not orphans.
 * Thread-safe. Processes are ended by their handles: {@link Process#destroy()} also
 * closes streams, which waits for a thread that writes to them.
 */
final class ChildProcesses {

	private final Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();

	private final StandardStreams streams;

	ChildProcesses(StandardStreams streams) {
		this.streams = streams;
	}

	Process start(ProcessBuilder builder) throws IOException {
		InheritedStreams inherited = InheritedStreams.replace(builder);
		Process process;
		try {
			process = builder.start();
		}
		finally {
			inherited.restore(builder);
		}
		add(process);
		return inherited.connect(process, this.streams);
	}

	List<Process> startPipeline(List<ProcessBuilder> builders) throws IOException {
		List<InheritedStreams> inherited = builders.stream().map(InheritedStreams::replace).toList();
		List<Process> processes;
		try {
			processes = ProcessBuilder.startPipeline(builders);
		}
		finally {
			for (int i = 0; i < inherited.size(); i++) {
				inherited.get(i).restore(builders.get(i));
			}
		}
		List<Process> connected = new ArrayList<>();
		for (int i = 0; i < processes.size(); i++) {
			add(processes.get(i));
			connected.add(inherited.get(i).connect(processes.get(i), this.streams));
		}
		return connected;
	}

	private void add(Process process) {
		this.children.removeIf((child) -> !isAlive(child));
		this.children.add(process.toHandle());
	}

	/**
	 * Child processes that live, and their children.
	 */
	List<ProcessHandle> alive() {
		List<ProcessHandle> alive = new ArrayList<>();
		for (ProcessHandle child : this.children) {
			// A killed parent leaves its children behind: they are kept from now on.
			Stream.concat(Stream.of(child), child.descendants()).filter(ChildProcesses::isAlive).forEach(alive::add);
		}
		this.children.addAll(alive);
		return alive.stream().distinct().toList();
	}

	/**
	 * A process that has ended and whose parent does not ask for its status, as an orphan
	 * in a container whose first process does not, is alive to the platform.
	 */
	private static boolean isAlive(ProcessHandle process) {
		return process.isAlive() && !isZombie(process.pid());
	}

	private static boolean isZombie(long pid) {
		try {
			String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
			return status.startsWith("Z", status.lastIndexOf(')') + 2);
		}
		catch (IOException ex) {
			// It is gone, or the system has no such files.
			return false;
		}
	}

	void clear() {
		this.children.clear();
	}

	static String describe(ProcessHandle process) {
		return "process " + process.pid() + process.info().command().map((command) -> " " + command).orElse("");
	}

}
