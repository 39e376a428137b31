package io.adaptive.gshell.group;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

import io.adaptive.gshell.code.ArtifactFolder;
import io.adaptive.gshell.code.ArtifactSource;
import io.adaptive.gshell.code.CodeException;
import io.adaptive.gshell.job.JobTimeouts;
import io.adaptive.gshell.log.LogLimits;
import io.adaptive.gshell.log.RotatingLog;
import io.adaptive.gshell.message.group.ListGroupServices;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupLock;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StateException;
import io.adaptive.gshell.state.StoredGroup;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.server.Service;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Main class of the process of a group: {@code GroupProcess FOLDER}. It locks the folder
 * for its life, starts the jobs that ran in the process before, publishes its service in
 * OS scope, and ends when the group is removed. Told to end by SIGTERM it ends its jobs
 * in 3 seconds, and leaves their state as it is, so that the next process starts them
 * again.
 */
public final class GroupProcess {

	/** System property with the directory of the sockets; optional. */
	public static final String SOCKET_DIRECTORY = "gshell.socket.directory";

	/** System property with the folder of artifacts for {@code //DEPS}; optional. */
	public static final String ARTIFACTS = "gshell.artifacts";

	/** Exit status if the state cannot be read, or another process has the lock. */
	public static final int CANNOT_START = 3;

	/** The stream of the JVM, before that of the log takes its place. */
	private static final PrintStream CONSOLE = System.err;

	private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

	/** A group that gets no job is of no use. */
	private static final Duration FIRST_JOB = Duration.ofMinutes(1);

	private final Clock clock = Clock.systemUTC();

	private final GroupFolder folder;

	private final GroupName name;

	private final Timers timers = new Timers();

	private final JobCompiler compiler;

	private final GroupJobs jobs;

	private final GroupLife life;

	private final Service service;

	private GroupProcess(GroupFolder folder, StoredGroup stored, RotatingLog log) {
		this.folder = folder;
		this.name = new GroupName(stored.name(), stored.version());
		SharedClasses shared = new SharedClasses(GroupProcess.class.getClassLoader());
		this.compiler = new JobCompiler(folder.cache(), shared, artifacts());
		JobRunner runner = new JobRunner(this.compiler, shared, socketDirectory(), JobTimeouts.DEFAULT,
				LogLimits.DEFAULT, this.clock, new SecureRandom(), this.timers);
		this.jobs = new GroupJobs(folder, runner, this::empty);
		this.life = new GroupLife(folder, stored, this.jobs, this.timers, this.clock.instant());
		this.service = new GroupService(this.name, this.jobs, new JobCommands(this.jobs, JobTimeouts.DEFAULT),
				this.life, log, this.timers)
			.service();
	}

	private static @Nullable Path socketDirectory() {
		String directory = System.getProperty(SOCKET_DIRECTORY);
		return (directory != null) ? Path.of(directory) : null;
	}

	private static ArtifactSource artifacts() {
		String folder = System.getProperty(ARTIFACTS);
		return (folder != null) ? new ArtifactFolder(Path.of(folder)) : ArtifactSource.NONE;
	}

	private void empty() {
		this.life.finish();
	}

	/**
	 * Runs the group.
	 * @param args the folder of the group
	 */
	public static void main(String[] args) {
		int status;
		try {
			status = run(new GroupFolder(Path.of(args[0])));
		}
		catch (StateException | CodeException | AdaptiveException | IOException ex) {
			String line = "The group cannot start: " + ex.getMessage();
			CONSOLE.println(line);
			LoggerFactory.getLogger(GroupProcess.class).error(line);
			status = CANNOT_START;
		}
		catch (RuntimeException | Error ex) {
			ex.printStackTrace();
			CONSOLE.println("The group cannot start: " + ex);
			status = CANNOT_START;
		}
		// Threads of a stuck job must not keep the process.
		System.out.flush();
		Runtime.getRuntime().halt(status);
	}

	/**
	 * Runs the group to its end.
	 */
	static int run(GroupFolder folder) throws IOException {
		GroupLock lock = lock(folder);
		try (RotatingLog log = new RotatingLog(folder.log(), LogLimits.DEFAULT)) {
			// Before anything logs.
			PrintStream out = new PrintStream(new LogOutput(log), true, StandardCharsets.UTF_8);
			System.setOut(out);
			System.setErr(out);
			new GroupProcess(folder, folder.read(), log).serve();
		}
		lock.close();
		return 0;
	}

	private static GroupLock lock(GroupFolder folder) throws IOException {
		Thread main = Thread.currentThread();
		Thread timeout = new Thread(() -> {
			try {
				TimeUnit.NANOSECONDS.sleep(LOCK_TIMEOUT.toNanos());
				main.interrupt();
			}
			catch (InterruptedException ex) {
				// The lock has been taken.
			}
		}, "gshell lock timeout");
		timeout.setDaemon(true);
		timeout.start();
		try {
			return folder.lock();
		}
		catch (IOException ex) {
			throw new IOException("another process has the lock of %s".formatted(folder), ex);
		}
		finally {
			timeout.interrupt();
		}
	}

	private void serve() {
		Logger logger = LoggerFactory.getLogger(GroupProcess.class);
		logger.info("group {} starts in {}", this.name, this.folder);
		SharedSchedulers.install();
		AdaptiveNodeBuilder builder = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.PROCESS, Scope.OS))
			.drainTimeout(Duration.ofSeconds(2));
		Path directory = socketDirectory();
		if (directory != null) {
			builder.socketDirectory(directory);
		}
		Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "gshell leave"));
		Runnable delete;
		try (AdaptiveNode node = builder.build()) {
			this.jobs.recover();
			node.newServer()
				.publish(this.service.handle(ListGroupServices.class, new ProcessServices(node.newClient())::list));
			this.timers.execute(this.compiler::warmUp);
			this.timers.after(FIRST_JOB, this.jobs::endIfEmpty);
			delete = this.life.end().join();
		}
		delete.run();
		this.timers.close();
		logger.info("group {} has ended", this.name);
	}

	/** On SIGTERM. */
	private void leave() {
		GroupLife.leave(this.jobs.all()).join();
	}

}
