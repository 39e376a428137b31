package io.adaptive.gshell.daemon;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.gshell.command.BuildVersion;
import io.adaptive.gshell.command.DaemonOptions;
import io.adaptive.gshell.command.DaemonRefusedException;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.supervisor.GroupCommand;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How processes of groups are started: with the Java of the daemon, and the class path
 * that the distribution has for them. Without a distribution it is that of the daemon.
 */
@Component
class GroupPrograms {

	private final GroupCommand command;

	/**
	 * Reads the class path.
	 * @throws DaemonRefusedException if the distribution is damaged
	 */
	GroupPrograms(DaemonOptions options, @Value("${adaptive.os.socket-directory:#{null}}") @Nullable Path sockets) {
		GroupCommand own = GroupCommand.ofThisProcess(sockets);
		Path home = options.home();
		this.command = (home == null) ? own
				: new GroupCommand(own.java(), own.options(), classPath(home.resolve("lib")), sockets);
	}

	private static String classPath(Path lib) {
		Path list = lib.resolve("runtime.classpath");
		try {
			Stream<String> jars = Stream.of(Files.readString(list).strip().split(":"))
				.map((jar) -> Path.of(jar).getFileName().toString());
			String own = "adaptive-gshell-runtime-%s.jar".formatted(BuildVersion.version());
			return Stream.concat(Stream.of(own), jars)
				.map((jar) -> lib.resolve(jar).toString())
				.collect(Collectors.joining(File.pathSeparator));
		}
		catch (IOException ex) {
			throw new DaemonRefusedException(ExitStatus.FAILED,
					"%s cannot be read; unpack the distribution again".formatted(list));
		}
	}

	/**
	 * The command for groups of a version. Another version than that of the daemon is not
	 * installed.
	 */
	GroupCommand command(String version) {
		return this.command;
	}

	/**
	 * Jars and folders against which apps are compiled.
	 */
	List<Path> classPath() {
		return Stream.of(this.command.classPath().split(File.pathSeparator)).map(Path::of).toList();
	}

}
