package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.message.group.BundleFile;
import io.adaptive.gshell.message.group.DescribeGroup;
import io.adaptive.gshell.message.group.GroupInfo;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.JobList;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobStarted;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.KillAnswer;
import io.adaptive.gshell.message.group.KillGroup;
import io.adaptive.gshell.message.group.ListJobs;
import io.adaptive.gshell.message.group.LogChunk;
import io.adaptive.gshell.message.group.ReadLog;
import io.adaptive.gshell.message.group.RestartRule;
import io.adaptive.gshell.message.group.RunAnswer;
import io.adaptive.gshell.message.group.RunJob;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.WorkFolder;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Groups of a test, in processes of their own, and their supervisor in this one.
 */
public final class Groups implements AutoCloseable {

	static final String VERSION = "0.1.0-TEST";

	static final Duration PATIENCE = Duration.ofSeconds(60);

	static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1");

	private final Path folder;

	private final WorkFolder work;

	private final AdaptiveNode node;

	private GroupSupervisor supervisor;

	private final SupervisorSettings settings;

	public Groups() throws IOException {
		this(System.getProperty("java.class.path"), null);
	}

	Groups(String classPath, @Nullable GroupArchive archive) throws IOException {
		this((sockets) -> new GroupCommand(GroupCommand.ofThisProcess(sockets).java(), OPTIONS, classPath, sockets,
				archive), (time) -> Thread.sleep(time.toMillis()));
	}

	/**
	 * Groups that are started by a command of the test.
	 * @param command gives the command for the directory of the sockets
	 * @param sleeper waits before a group is started again
	 */
	Groups(Function<Path, GroupCommand> command, SupervisorSettings.Sleeper sleeper) throws IOException {
		// Short, since sockets are in it.
		this.folder = Files.createTempDirectory(Path.of(System.getProperty("gshell.test.folder", "/tmp")), "grg");
		this.work = WorkFolder.open(this.folder.resolve("wd"));
		Path sockets = this.folder.resolve("s");
		this.node = AdaptiveNode.builder().scopes(EnumSet.of(Scope.PROCESS, Scope.OS)).socketDirectory(sockets).build();
		this.settings = new SupervisorSettings(new GroupLauncher((version) -> command.apply(sockets)),
				this.node.newClient(), Clock.systemUTC(), new SecureRandom(), sleeper);
		this.supervisor = new GroupSupervisor(this.work, this.settings);
		this.supervisor.start();
	}

	WorkFolder work() {
		return this.work;
	}

	GroupSupervisor supervisor() {
		return this.supervisor;
	}

	AdaptiveNode node() {
		return this.node;
	}

	/**
	 * The daemon ends, and another one starts.
	 */
	List<String> restartSupervisor() {
		this.supervisor.close();
		this.supervisor = new GroupSupervisor(this.work, this.settings);
		return this.supervisor.start();
	}

	Connection group(String name) {
		return group(name, null);
	}

	Connection group(String name, @Nullable GroupLimits limits) {
		GroupName group = new GroupName(name, VERSION);
		try {
			this.supervisor.ensure(group, limits, System.getenv()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
		catch (ExecutionException ex) {
			throw (RuntimeException) ex.getCause();
		}
		return connection(name);
	}

	Connection connection(String name) {
		return this.node.newClient().discoverTimeout(PATIENCE).discover(new GroupName(name, VERSION).service());
	}

	static RunJob job(String name, String body, String... arguments) {
		return job(name, body, RestartRule.NONE, arguments);
	}

	static RunJob job(String name, String body, RestartRule restart, String... arguments) {
		String source = body.contains("class ") ? body
				: "public class Main { public static void main(String[] args) throws Exception { " + body + " } }";
		BundleFile file = new BundleFile(name + "/Main.java", source.getBytes(StandardCharsets.UTF_8));
		return new RunJob(name, List.of(arguments), new BundleContent(name, List.of(file)), restart, false, "tester",
				null);
	}

	static String run(Connection group, RunJob job) {
		RunAnswer answer = group.sendRecv(job, RunAnswer.class);
		assertThat(answer).isInstanceOf(JobStarted.class);
		return ((JobStarted) answer).id();
	}

	static JobRecord record(Connection group, String id) {
		List<JobRecord> jobs = group.sendRecv(new ListJobs(List.of(id)), JobList.class).jobs();
		assertThat(jobs).hasSize(1);
		return jobs.get(0);
	}

	static JobRecord awaitStatus(Connection group, String id, JobStatus status) {
		return await().atMost(PATIENCE).until(() -> record(group, id), (record) -> record.status() == status);
	}

	static GroupInfo info(Connection group) {
		return group.sendRecv(new DescribeGroup(), GroupInfo.class);
	}

	static String log(Connection group, @Nullable String reference, int lines) {
		StringBuilder text = new StringBuilder();
		try (MessageStream stream = group.newStream()) {
			stream.send(new ReadLog(reference, lines, false));
			while (true) {
				text.append(new String(stream.recv(LogChunk.class).bytes(), StandardCharsets.UTF_8));
			}
		}
		catch (EndOfStreamException ex) {
			return text.toString();
		}
	}

	static void kill(Connection group) {
		ProcessHandle process = ProcessHandle.of(info(group).pid()).orElseThrow();
		process.destroyForcibly();
		process.onExit().join();
	}

	Map<String, Long> pids() {
		Map<String, Long> pids = new TreeMap<>();
		for (GroupName name : this.supervisor.groups()) {
			try (Connection group = connection(name.name())) {
				pids.put(name.name(), info(group).pid());
			}
		}
		return pids;
	}

	/**
	 * Ends all groups, politely or not.
	 */
	@Override
	public void close() throws IOException {
		List<ProcessHandle> processes = new ArrayList<>();
		for (GroupName name : this.supervisor.groups()) {
			try (Connection group = this.node.newClient()
				.discoverTimeout(Duration.ofSeconds(5))
				.discover(name.service())) {
				ProcessHandle.of(info(group).pid()).ifPresent(processes::add);
				group.sendRecv(new KillGroup(true), KillAnswer.class);
			}
			catch (AdaptiveException ex) {
				// It has ended.
			}
		}
		this.supervisor.close();
		processes.forEach((process) -> process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally((ex) -> {
			process.destroyForcibly();
			return process;
		}).join());
		this.node.close();
		try (Stream<Path> files = Files.walk(this.folder).sorted((one, other) -> other.compareTo(one))) {
			for (Path file : files.toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

}
