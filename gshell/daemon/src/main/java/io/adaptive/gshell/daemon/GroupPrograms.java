package io.adaptive.gshell.daemon;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.gshell.command.BuildVersion;
import io.adaptive.gshell.command.DaemonOptions;
import io.adaptive.gshell.command.DaemonRefusedException;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.group.GroupProcess;
import io.adaptive.gshell.supervisor.GroupArchive;
import io.adaptive.gshell.supervisor.GroupCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Commands that start processes of groups: with the Java of the daemon, and the class
 * path that the distribution has for them. Without a distribution it is that of the
 * daemon.
 */
@Component
class GroupPrograms implements DisposableBean {

	private static final String CLASS_PATH = "runtime.classpath";

	/** Longest wait for the end of a process that has been killed. */
	private static final Duration END_TIME = Duration.ofSeconds(10);

	private final GroupCommand command;

	private final @Nullable Path home;

	private boolean archiveWanted;

	private @Nullable Thread archiving;

	/**
	 * Reads the class path.
	 * @throws DaemonRefusedException if the distribution is damaged
	 */
	GroupPrograms(DaemonOptions options, @Value("${adaptive.os.socket-directory:#{null}}") @Nullable Path sockets) {
		GroupCommand own = GroupCommand.ofThisProcess(sockets);
		this.home = options.home();
		this.command = (this.home == null) ? own : command(this.home, own, sockets);
		this.archiveWanted = this.home != null && System.getenv("GSHELL_NOARCHIVE") == null;
	}

	private static GroupCommand command(Path home, GroupCommand own, @Nullable Path sockets) {
		String artifacts = "-D%s=%s".formatted(GroupProcess.ARTIFACTS, home.resolve(AppCode.ARTIFACTS));
		List<String> options = Stream.concat(own.options().stream(), Stream.of(artifacts)).toList();
		return new GroupCommand(own.java(), options, classPath(home.resolve("lib")), sockets,
				new GroupArchive(archive(home)));
	}

	/**
	 * The place of the archive: one for each place of the distribution and build of Java,
	 * as {@code bin/gsh} has it for its own.
	 */
	private static Path archive(Path home) {
		String cache = System.getenv("XDG_CACHE_HOME");
		Path folder = (cache != null && !cache.isEmpty()) ? Path.of(cache)
				: Path.of(System.getProperty("user.home"), ".cache");
		return Path.of("%s/gshell/archives%s/%s/group.archive".formatted(folder, home,
				System.getProperty("java.runtime.version")));
	}

	private static String classPath(Path lib) {
		Path list = lib.resolve(CLASS_PATH);
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
	 * Makes the archive of classes for groups in the background, once. Without it, groups
	 * start later.
	 */
	synchronized void makeArchive() {
		GroupArchive archive = this.command.archive();
		if (archive != null && this.home != null && this.archiveWanted) {
			this.archiveWanted = false;
			Path newest = this.home.resolve("lib").resolve(CLASS_PATH);
			this.archiving = new Thread(() -> archive.makeUnlessThere(this.command, newest), "gshell archive");
			this.archiving.setDaemon(true);
			this.archiving.start();
		}
	}

	/**
	 * Ends the making of the archive; the next daemon makes it.
	 */
	@Override
	public synchronized void destroy() throws InterruptedException {
		this.archiveWanted = false;
		if (this.archiving != null) {
			this.archiving.interrupt();
			this.archiving.join(END_TIME.toMillis());
		}
	}

}
