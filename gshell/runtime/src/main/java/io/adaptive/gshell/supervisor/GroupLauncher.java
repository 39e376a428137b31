package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.adaptive.gshell.group.GroupProcess;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.StoredGroup;
import io.adaptive.gshell.state.WorkFolder;

/**
 * Starts processes of groups: each in a session of its own, with its limits, and its
 * streams in a file of the group's folder. Limits that cannot be set are said.
 */
public final class GroupLauncher {

	private static final int OPTIONS_SINCE = 24;

	/** Milliseconds. What compilers of the JVM have freed goes back to the system. */
	private static final String TRIM = "-XX:TrimNativeHeapInterval=20000";

	/** The first releases with that option have it as an experimental one. */
	private static final String UNLOCK = "-XX:+UnlockExperimentalVMOptions";

	private static final long CONSOLE_LIMIT = 1 << 20;

	private final Function<String, GroupCommand> commands;

	private final ControlGroups controlGroups;

	/**
	 * Makes a launcher for this system.
	 * @param commands gives the command for a version; if the version is not installed,
	 * that for another one
	 */
	public GroupLauncher(Function<String, GroupCommand> commands) {
		this(commands, ControlGroups.ofThisSystem());
	}

	/**
	 * Makes a launcher.
	 * @param commands gives the command for a version; if the version is not installed,
	 * that for another one
	 * @param controlGroups the control groups of the system
	 */
	public GroupLauncher(Function<String, GroupCommand> commands, ControlGroups controlGroups) {
		this.commands = commands;
		this.controlGroups = controlGroups;
	}

	/**
	 * The control groups of a group.
	 */
	GroupControl control(GroupFolder folder) {
		return new GroupControl(this.controlGroups, folder);
	}

	/**
	 * Deletes control groups that a daemon before has left without process.
	 */
	void sweep(WorkFolder work) {
		GroupControl.sweep(this.controlGroups, work.path().resolve("groups"));
	}

	/**
	 * Prepares a start: tries which limits can be set.
	 * @param folder folder of the group
	 * @param group the group
	 * @return the start
	 */
	public Start prepare(GroupFolder folder, StoredGroup group) {
		GroupLimitsCommand limits = GroupLimitsCommand.of(group.limits(), group.name(), control(folder));
		GroupCommand command = this.commands.apply(group.version());
		List<String> words = new ArrayList<>(limits.before());
		words.add(command.java().toString());
		words.addAll(limits.options());
		words.addAll(options());
		words.addAll(command.options());
		if (command.archive() != null) {
			words.addAll(command.archive().options());
		}
		if (command.socketDirectory() != null) {
			words.add("-D%s=%s".formatted(GroupProcess.SOCKET_DIRECTORY, command.socketDirectory()));
		}
		words.addAll(List.of("-cp", command.classPath(), GroupProcess.class.getName(), folder.path().toString()));
		return new Start(folder, words, group.environment(), List.copyOf(limits.notes()));
	}

	/**
	 * Options of the JVM that all groups have, and the making of their archive: an
	 * archive fits these only.
	 */
	static List<String> options() {
		List<String> options = new ArrayList<>(List.of("-XX:+ExitOnOutOfMemoryError", "-XX:SoftRefLRUPolicyMSPerMB=0",
				"-XX:+UseSerialGC", "-Xms16m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-Xlog:disable",
				"-Xlog:all=off", "-Dlogback.configurationFile=gshell-group-logback.xml"));
		if (trimsNativeHeap(Runtime.version())) {
			options.addAll(List.of(UNLOCK, TRIM));
		}
		if (Runtime.version().feature() >= OPTIONS_SINCE) {
			options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
		}
		return options;
	}

	/**
	 * Whether a release has the option; others do not start with it.
	 */
	static boolean trimsNativeHeap(Runtime.Version version) {
		return switch (version.feature()) {
			case 17 -> version.interim() == 0 && version.update() >= 9;
			case 21 -> version.interim() > 0 || version.update() >= 1;
			default -> version.feature() >= 22;
		};
	}

	/**
	 * A start that is prepared.
	 *
	 * @param folder folder of the group
	 * @param command the command
	 * @param environment environment of the process
	 * @param notes a line for each limit that cannot be set
	 */
	public record Start(GroupFolder folder, List<String> command, Map<String, String> environment, List<String> notes) {

		/**
		 * Starts the process.
		 * @return the process
		 * @throws IOException if there is no Java, or the disk is full
		 */
		public Process start() throws IOException {
			Path console = this.folder.console();
			if (Files.exists(console) && Files.size(console) > CONSOLE_LIMIT) {
				Files.delete(console);
			}
			ProcessBuilder builder = new ProcessBuilder(this.command).directory(this.folder.path().toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
			builder.environment().clear();
			builder.environment().putAll(this.environment);
			Process process = builder.start();
			process.getOutputStream().close();
			return process;
		}

	}

}
