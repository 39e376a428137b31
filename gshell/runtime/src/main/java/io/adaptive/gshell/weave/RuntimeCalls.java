package io.adaptive.gshell.weave;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

import io.adaptive.gshell.weave.InsteadOf.Member;
import org.jspecify.annotations.Nullable;

import static io.adaptive.gshell.weave.JobLink.ENVIRONMENT;

/**
 * Exit, shutdown hooks and child processes in woven code. Defined anew by each
 * {@link JobClassLoader}; not for use in source code.
 */
@SuppressWarnings("DoNotCallSuggester") // woven code calls them
public final class RuntimeCalls {

	private static final String RUNTIME = "java.lang.Runtime";

	private RuntimeCalls() {
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static void exit(Runtime runtime, int status) {
		throw ENVIRONMENT.exit(status);
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static void halt(Runtime runtime, int status) {
		throw ENVIRONMENT.halt(status);
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static void addShutdownHook(Runtime runtime, Thread hook) {
		ENVIRONMENT.addHook(hook);
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static boolean removeShutdownHook(Runtime runtime, Thread hook) {
		return ENVIRONMENT.removeHook(hook);
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static Process exec(Runtime runtime, String command) throws IOException {
		return exec(runtime, command, null, null);
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static Process exec(Runtime runtime, String command, String @Nullable [] environment) throws IOException {
		return exec(runtime, command, environment, null);
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static Process exec(Runtime runtime, String command, String @Nullable [] environment,
			@Nullable File directory) throws IOException {
		if (command.isEmpty()) {
			throw new IllegalArgumentException("The command is empty");
		}
		String[] words = Collections.list(new StringTokenizer(command))
			.stream()
			.map(String.class::cast)
			.toArray(String[]::new);
		return exec(runtime, words, environment, directory);
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static Process exec(Runtime runtime, String[] command) throws IOException {
		return exec(runtime, command, null, null);
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static Process exec(Runtime runtime, String[] command, String @Nullable [] environment) throws IOException {
		return exec(runtime, command, environment, null);
	}

	@InsteadOf(value = RUNTIME, member = Member.INSTANCE_METHOD)
	public static Process exec(Runtime runtime, String[] command, String @Nullable [] environment,
			@Nullable File directory) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory);
		if (environment != null) {
			Map<String, String> variables = builder.environment();
			variables.clear();
			for (String variable : environment) {
				int equals = variable.indexOf('=', 1);
				if (equals > 0) {
					variables.put(variable.substring(0, equals), variable.substring(equals + 1));
				}
			}
		}
		return ENVIRONMENT.start(builder);
	}

	@InsteadOf(value = "java.lang.ProcessBuilder", member = Member.INSTANCE_METHOD)
	public static Process start(ProcessBuilder builder) throws IOException {
		return ENVIRONMENT.start(builder);
	}

	@InsteadOf("java.lang.ProcessBuilder")
	public static List<Process> startPipeline(List<ProcessBuilder> builders) throws IOException {
		return ENVIRONMENT.startPipeline(builders);
	}

}
