package io.adaptive.gshell.supervisor;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Command that starts the process of a group.
 *
 * @param java path of the {@code java} command
 * @param options options of the JVM, beside those for the limits
 * @param classPath class path of the process
 * @param socketDirectory directory of the sockets; {@code null} for the default
 * @param archive archive of classes; {@code null} for none
 */
public record GroupCommand(Path java, List<String> options, String classPath, @Nullable Path socketDirectory,
		@Nullable GroupArchive archive) {

	public GroupCommand {
		options = List.copyOf(options);
	}

	/**
	 * The command with the Java and the class path of this process.
	 * @param socketDirectory directory of the sockets; {@code null} for the default
	 * @return the command
	 */
	public static GroupCommand ofThisProcess(@Nullable Path socketDirectory) {
		return new GroupCommand(Path.of(System.getProperty("java.home"), "bin", "java"), List.of(),
				System.getProperty("java.class.path"), socketDirectory, null);
	}

}
