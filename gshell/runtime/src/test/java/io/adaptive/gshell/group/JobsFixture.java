package io.adaptive.gshell.group;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.adaptive.gshell.code.ArtifactSource;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.job.JobTimeouts;
import io.adaptive.gshell.log.LogLimits;
import io.adaptive.gshell.log.LogReader;
import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.RestartRule;
import io.adaptive.gshell.message.group.RunJob;
import io.adaptive.gshell.share.SharedTypes;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StoredGroup;
import io.adaptive.gshell.state.WorkFolder;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import reactor.core.scheduler.Schedulers;

/**
 * A group in the process of the test, without a service.
 */
final class JobsFixture implements AutoCloseable {

	private static final JobTimeouts SHORT = new JobTimeouts(Duration.ofSeconds(1), Duration.ofMillis(50),
			Duration.ofSeconds(5));

	private final Timers timers = new Timers();

	private final SharedClasses shared = new SharedClasses(JobsFixture.class.getClassLoader());

	private final JobRunner runner;

	private final GroupJobs jobs;

	private final JobCommands commands;

	JobsFixture(Path folder) {
		SharedSchedulers.install();
		GroupFolder group = WorkFolder.open(folder.resolve("wd")).group(new GroupName("test", "1"));
		group.create(
				new StoredGroup("test", "1", GroupLimits.DEFAULT, Map.of(), Clock.systemUTC().instant(), 1, List.of()));
		this.runner = new JobRunner(new JobCompiler(group.cache(), this.shared, ArtifactSource.NONE), this.shared,
				folder.resolve("s"), SHORT, LogLimits.DEFAULT, Clock.systemUTC(), new Random(), this.timers);
		this.jobs = new GroupJobs(group, this.runner, () -> {
		});
		this.commands = new JobCommands(this.jobs, SHORT);
	}

	/**
	 * The shared types of an app that does not run.
	 */
	SharedTypes.Lease lease(Map<String, String> files) {
		return this.shared.types().lease(this.runner.compiler().compile(bundle(files)).classes());
	}

	private static CodeBundle bundle(Map<String, String> files) {
		Map<String, byte[]> contents = new HashMap<>();
		files.forEach((name, source) -> contents.put("app/" + name, source.getBytes(StandardCharsets.UTF_8)));
		return CodeBundle.of("app", contents);
	}

	/**
	 * Runs the files of one folder.
	 * @param files names below the folder, and sources
	 */
	GroupJob run(Map<String, String> files, String... arguments) {
		RunJob run = new RunJob("app", List.of(arguments), new BundleContent("app", List.of()), RestartRule.NONE, false,
				"tester", null);
		return this.jobs.run(run, bundle(files), RestartRule.NONE, LogOutput::streams);
	}

	void stop(GroupJob job) {
		this.commands.stop(List.of(job.id())).join();
		awaitStatus(job, JobStatus.EXITED_OK);
	}

	static JobRecord awaitStatus(GroupJob job, JobStatus status) {
		return await().until(job::record, (record) -> record.status() == status);
	}

	/**
	 * Waits until the log has a text.
	 * @return the log
	 */
	static String awaitLog(GroupJob job, String text) {
		return await().until(() -> log(job), (log) -> log.contains(text));
	}

	static String log(GroupJob job) throws IOException, InterruptedException {
		StringBuilder text = new StringBuilder();
		LogReader reader = new LogReader(job.log(), -1, false);
		for (byte[] bytes = reader.read(); bytes != null; bytes = reader.read()) {
			text.append(new String(bytes, StandardCharsets.UTF_8));
		}
		return text.toString();
	}

	/** A busy machine takes seconds for the first node of a process. */
	static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(1));
	}

	@Override
	public void close() {
		GroupLife.leave(this.jobs.all()).join();
		this.timers.close();
		this.runner.compiler().close();
		Schedulers.resetFactory();
	}

}
