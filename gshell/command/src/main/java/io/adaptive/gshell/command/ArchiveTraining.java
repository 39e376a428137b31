package io.adaptive.gshell.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.adaptive.gshell.code.DurableFiles;
import io.adaptive.gshell.message.ChangeJobs;
import io.adaptive.gshell.message.DaemonInfo;
import io.adaptive.gshell.message.DescribeDaemon;
import io.adaptive.gshell.message.FindJobs;
import io.adaptive.gshell.message.JobInGroup;
import io.adaptive.gshell.message.JobListing;
import io.adaptive.gshell.message.RunApp;
import io.adaptive.gshell.message.RunReply;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.JobStarted;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.LiveJob;
import io.adaptive.gshell.message.group.RestartRule;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;

/**
 * Loads the classes that commands need, for the archive that {@code bin/gsh} makes of
 * them: runs commands against a daemon of its own that knows one job.
 */
final class ArchiveTraining {

	private static final String ID = "0123456789ab";

	private ArchiveTraining() {
	}

	/**
	 * Runs the commands.
	 * @param args none
	 */
	public static void main(String[] args) throws IOException {
		Path sockets = Files.createTempDirectory("gsh");
		try (AdaptiveNode node = AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(sockets).build()) {
			node.newServer().publish(daemon());
			run(sockets, "--help");
			run(sockets, "id");
			run(sockets, "info");
			run(sockets, "ps");
			run(sockets, "ps", ID);
			run(sockets, "run", "no-such-app");
			run(sockets, "stop", ID);
		}
		DurableFiles.deleteTree(sockets);
		// Without the hooks of libraries, whose threads would wait for nothing.
		System.exit(0);
	}

	private static void run(Path sockets, String... args) {
		try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
			CommandEnvironment environment = new CommandEnvironment(InputStream.nullInputStream(), nowhere, nowhere,
					true, true, sockets, null, sockets, Duration.ofSeconds(20));
			Gsh.run(environment, args);
		}
	}

	private static Service daemon() {
		return Service.named(DaemonLink.DAEMON)
			.handle(DescribeDaemon.class, (request) -> info())
			.handle(FindJobs.class, (request) -> new JobListing(List.of(job()), List.of("a-1"), List.of("none")))
			.handle(RunApp.class, (request) -> new RunReply("a-1", new JobStarted(ID, List.of("note"))))
			.handle(ChangeJobs.class,
					(request) -> new JobResults(List.of(new JobResult(ID, ID, JobResult.Outcome.DONE, ""))));
	}

	private static DaemonInfo info() {
		return new DaemonInfo("1", "c", Instant.EPOCH, "17", "p", List.of("OS"), "r", List.of(), List.of("f"), "/", 1,
				Instant.EPOCH, "m", "u");
	}

	private static JobInGroup job() {
		LiveJob live = new LiveJob(1, Duration.ofSeconds(1), 1, List.of("p"), List.of("s"), List.of("T"));
		return new JobInGroup("a", "1",
				new JobRecord(ID, "app", JobStatus.RUNNING, Instant.EPOCH, List.of("a"), "app", "b", null, "u",
						Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 1, "e", 0, RestartRule.NONE, false, List.of("l"),
						live));
	}

}
