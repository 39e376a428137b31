package io.adaptive.gshell.group;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.gshell.code.ArtifactSource;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CompilationException;
import io.adaptive.gshell.job.JobTimeouts;
import io.adaptive.gshell.log.LogLimits;
import io.adaptive.gshell.log.LogReader;
import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobResult.Outcome;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.RestartRule;
import io.adaptive.gshell.message.group.RunJob;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StoredGroup;
import io.adaptive.gshell.state.StoredJob;
import io.adaptive.gshell.state.WorkFolder;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.is;

/**
 * The jobs of a group, in the process of the test.
 */
class GroupJobsTests {

	private static final JobTimeouts SHORT = new JobTimeouts(Duration.ofSeconds(1), Duration.ofMillis(50),
			Duration.ofSeconds(5));

	private static final RestartRule QUICK = new RestartRule(2, Duration.ofMillis(20), Duration.ofMinutes(10));

	@TempDir
	Path folder;

	private final AtomicInteger empty = new AtomicInteger();

	private final AtomicReference<String> lastRemoval = new AtomicReference<>();

	private final Timers timers = new Timers();

	private GroupFolder group;

	private JobRunner runner;

	private GroupJobs jobs;

	private JobCommands commands;

	@BeforeAll
	static void install() {
		SharedSchedulers.install();
	}

	@AfterAll
	static void reset() {
		Schedulers.resetFactory();
	}

	@BeforeEach
	void open() {
		WorkFolder work = WorkFolder.open(this.folder.resolve("wd"));
		this.group = work.group(new GroupName("test", "1"));
		this.group.create(
				new StoredGroup("test", "1", GroupLimits.DEFAULT, Map.of(), Clock.systemUTC().instant(), 1, List.of()));
		SharedClasses shared = new SharedClasses(GroupJobsTests.class.getClassLoader());
		this.runner = new JobRunner(new JobCompiler(this.group.cache(), shared, ArtifactSource.NONE), shared,
				this.folder.resolve("s"), SHORT, LogLimits.DEFAULT, Clock.systemUTC(), new Random(), this.timers);
		nextProcess();
	}

	/** As a new process of the group does. */
	private void nextProcess() {
		this.jobs = new GroupJobs(this.group, this.runner, () -> {
			this.lastRemoval.set(Thread.currentThread().getName());
			this.empty.incrementAndGet();
		});
		this.commands = new JobCommands(this.jobs, SHORT);
		this.jobs.recover();
	}

	@AfterEach
	void close() {
		GroupLife.leave(this.jobs.all()).join();
		this.timers.close();
		this.runner.compiler().close();
	}

	private GroupJob run(String body) {
		return run(body, RestartRule.NONE, false);
	}

	private GroupJob run(String body, RestartRule restart, boolean removeAtEnd) {
		return run(body, restart, removeAtEnd, CompletableFuture.completedFuture(null));
	}

	private GroupJob run(String body, RestartRule restart, boolean removeAtEnd, CompletableFuture<?> served) {
		String source = "class Main { public static void main(String[] args) throws Exception { %s } }".formatted(body);
		RunJob run = new RunJob("app", List.of("argument"), new BundleContent("app", List.of()), restart, removeAtEnd,
				"tester", null);
		CodeBundle bundle = CodeBundle.of("app", Map.of("app/Main.java", source.getBytes(StandardCharsets.UTF_8)));
		return this.jobs.run(run, bundle, restart, LogOutput::streams, served);
	}

	private static JobRecord awaitStatus(GroupJob job, JobStatus status) {
		return await().until(job::record, (record) -> record.status() == status);
	}

	private GroupJob only() {
		assertThat(this.jobs.all()).hasSize(1);
		return this.jobs.all().get(0);
	}

	private static String log(GroupJob job) throws IOException, InterruptedException {
		StringBuilder text = new StringBuilder();
		LogReader reader = new LogReader(job.log(), -1, false);
		for (byte[] bytes = reader.read(); bytes != null; bytes = reader.read()) {
			text.append(new String(bytes, StandardCharsets.UTF_8));
		}
		return text.toString();
	}

	private static Outcome outcome(CompletableFuture<JobResults> results) {
		List<JobResult> all = results.orTimeout(60, TimeUnit.SECONDS).join().results();
		assertThat(all).hasSize(1);
		return all.get(0).outcome();
	}

	@Test
	void aSchedulerThatAllJobsShareKeepsNoneFromItsEnd() {
		GroupJob job = run("reactor.core.scheduler.Schedulers.boundedElastic().schedule(() -> System.out.print(1));");
		assertThat(job.firstEnd().orTimeout(60, TimeUnit.SECONDS).join().exitStatus()).isZero();
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().startsWith("boundedElastic"))
			.isNotEmpty()
			.noneMatch((thread) -> thread.getThreadGroup().getName().startsWith("job "));
	}

	@Test
	void theExceptionOutOfMainIsInTheRecord() {
		JobRecord record = awaitStatus(run("throw new IllegalStateException(\"no luck\");"), JobStatus.EXITED_ERR);
		assertThat(record.exitStatus()).isEqualTo(1);
		assertThat(record.error()).contains("java.lang.IllegalStateException: no luck").hasSizeLessThanOrEqualTo(4096);
		assertThat(record.restarts()).isZero();
		assertThat(record.live()).isNull();
	}

	@Test
	void aFailingJobIsRestartedAsOftenAsItMay() throws Exception {
		GroupJob job = run("System.out.println(\"try\"); System.exit(3);", QUICK, false);
		await().until(() -> job.record().restarts() == 2 && job.record().status() == JobStatus.EXITED_ERR);
		assertThat(job.record().exitStatus()).isEqualTo(3);
		assertThat(log(job)).isEqualTo("try\ntry\ntry\n");
		assertThat(outcome(this.commands.start(List.of(job.id())))).isEqualTo(Outcome.DONE);
		// By hand it is no restart, and the rule begins anew.
		await().until(() -> job.record().restarts() == 4 && job.record().status() == JobStatus.EXITED_ERR);
	}

	@Test
	void aJobInBackoffIsStoppedAtOnceAndStaysStopped() {
		GroupJob job = run("System.exit(3);", new RestartRule(5, Duration.ofMinutes(1), Duration.ofMinutes(10)), false);
		awaitStatus(job, JobStatus.BACKOFF);
		assertThat(outcome(this.commands.stop(List.of("app")))).isEqualTo(Outcome.DONE);
		assertThat(job.record().status()).isEqualTo(JobStatus.EXITED_OK);
		nextProcess();
		assertThat(only().record().status()).isEqualTo(JobStatus.EXITED_OK);
	}

	@Test
	void aJobThatStartsIsStoppedAtOnce() {
		GroupJob job = run("Thread.sleep(600_000);");
		assertThat(outcome(this.commands.stop(List.of(job.id())))).isEqualTo(Outcome.DONE);
		assertThat(job.record().status()).isEqualTo(JobStatus.EXITED_OK);
		assertThat(job.record().exitStatus()).isEqualTo(143);
	}

	@Test
	void runningJobsAreStartedByTheNextProcessAndStoppedOnesAreNot() {
		GroupJob running = run("Thread.sleep(600_000);");
		GroupJob stopped = run("Thread.sleep(600_000);");
		awaitStatus(running, JobStatus.RUNNING);
		assertThat(outcome(this.commands.stop(List.of(stopped.id())))).isEqualTo(Outcome.DONE);
		GroupLife.leave(this.jobs.all()).join();
		nextProcess();
		assertThat(this.jobs.all()).extracting(GroupJob::id).containsExactlyInAnyOrder(running.id(), stopped.id());
		GroupJob again = this.jobs.find(running.id()).jobs().get(0);
		assertThat(awaitStatus(again, JobStatus.RUNNING).restarts()).isEqualTo(1);
		JobRecord left = this.jobs.find(stopped.id()).jobs().get(0).record();
		assertThat(left.status()).isEqualTo(JobStatus.EXITED_OK);
		assertThat(left.restarts()).isZero();
	}

	@Test
	void aJobThatWasToldToStopIsStoppedInTheNextProcess() {
		GroupJob job = run("Thread.sleep(600_000);");
		awaitStatus(job, JobStatus.RUNNING);
		StoredJob stopping = job.stored().in(StoredJob.Phase.STOPPING);
		this.group.list().get(0).write(stopping);
		GroupLife.leave(this.jobs.all()).join();
		nextProcess();
		assertThat(only().record().status()).isEqualTo(JobStatus.EXITED_OK);
		assertThat(only().record().exitStatus()).isEqualTo(143);
	}

	@Test
	void whatDoesNotCompileLeavesNoJobAndEndsTheEmptyGroup() {
		assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> run("int number = \"text\";"))
			.withMessageContaining("app/Main.java:1: error: Type mismatch");
		assertThat(this.jobs.all()).isEmpty();
		assertThat(this.group.list()).isEmpty();
		assertThat(this.empty).hasValue(1);
		assertThatExceptionOfType(GroupEndingException.class).isThrownBy(() -> run(""));
	}

	@Test
	void aJobThatIsRemovedAtItsEndEndsTheGroup() {
		run("", RestartRule.NONE, true);
		await().untilAtomic(this.empty, is(1));
		assertThat(this.jobs.all()).isEmpty();
		assertThat(this.group.list()).isEmpty();
	}

	@Test
	void theCodecKeepsNoGetterOfAJobThatHasEnded() throws Exception {
		GroupJob job = run(
				"""
							try (io.adaptive.node.AdaptiveNode node = io.adaptive.node.AdaptiveNode.builder().copyInProcess(true).build()) {
								node.newServer().publish(io.adaptive.server.Service.named("test", "getters")
									.handle(Ping.class, (ping) -> new Ping(ping.number() + 1)));
								System.out.println(node.newClient().discover("test", "getters").sendRecv(new Ping(1), Ping.class));
							}
							while (true) { Thread.sleep(20); }
						} record Ping(int number) {""");
		await().atMost(Duration.ofSeconds(60)).until(() -> CodecGetters.ofJobs() > 0);
		job.stop();
		awaitStatus(job, JobStatus.EXITED_OK);
		assertThat(job.firstEnd()).succeedsWithin(Duration.ofSeconds(20));
		await().until(() -> CodecGetters.ofJobs() == 0);
	}

	@Test
	void aJobIsNotRemovedAtItsEndBeforeItsClientHasTheEnd() {
		CompletableFuture<Object> served = new CompletableFuture<>();
		GroupJob job = run("", RestartRule.NONE, true, served);
		awaitStatus(job, JobStatus.EXITED_OK);
		assertThat(job.firstEnd()).succeedsWithin(Duration.ofSeconds(20));
		await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(this.jobs.all()).containsExactly(job));
		assertThat(this.empty).hasValue(0);
		served.complete(null);
		await().untilAtomic(this.empty, is(1));
		assertThat(this.jobs.all()).isEmpty();
	}

	@Test
	void aClientThatTakesNothingDelaysTheRemovalForTenSeconds() {
		run("", RestartRule.NONE, true, new CompletableFuture<>());
		await().atMost(Duration.ofSeconds(100)).untilAtomic(this.empty, is(1));
		// Files are deleted on no thread that the platform has for all.
		assertThat(this.lastRemoval).hasValue("gshell worker");
	}

	@Test
	void referencesThatFitNoneOrSeveralAreNamed() {
		GroupJob one = run("Thread.sleep(600_000);");
		GroupJob other = run("Thread.sleep(600_000);");
		JobResult result = this.commands.stop(List.of("app")).join().results().get(0);
		assertThat(result.outcome()).isEqualTo(Outcome.AMBIGUOUS);
		assertThat(result.text()).startsWith("app fits ")
			.contains("%s (app)".formatted(one.id()), "%s (app)".formatted(other.id()))
			.endsWith("; name one id");
		assertThat(outcome(this.commands.stop(List.of("none")))).isEqualTo(Outcome.NOT_FOUND);
		assertThat(outcome(this.commands.stop(List.of(one.id().substring(0, 3))))).isEqualTo(Outcome.NOT_FOUND);
		assertThat(outcome(this.commands.remove(List.of(one.id()), false))).isEqualTo(Outcome.WRONG_STATE);
		assertThat(outcome(this.commands.start(List.of(one.id())))).isEqualTo(Outcome.WRONG_STATE);
	}

	@Test
	void twoJobsTalkInProcessScopeAndTheirNodesEndWithThem() throws Exception {
		String names = "io.adaptive.node.AdaptiveNode node = io.adaptive.node.AdaptiveNode.builder().build();"
				+ " io.adaptive.message.ServiceName name = new io.adaptive.message.ServiceName(\"test\", \"talk\");";
		String publish = names + " node.newServer().publish(io.adaptive.server.Service.named(name)"
				+ ".handle(String.class, (String text) -> \"hello \" + text)); System.out.println(\"published\");"
				+ " Thread.sleep(600_000);";
		GroupJob server = run(publish);
		await().untilAsserted(() -> assertThat(log(server)).isEqualTo("published\n"));
		GroupJob client = run(names + " io.adaptive.stream.Connection connection = node.newClient().discover(name);"
				+ " System.out.println(connection.sendRecv(\"Ada\", String.class) + \" \" + connection.info().scope());");
		JobRecord ended = awaitStatus(client, JobStatus.EXITED_OK);
		assertThat(log(client)).isEqualTo("hello Ada PROCESS\n");
		assertThat(ended.leftBehind()).isEmpty();
		GroupJob second = run(publish);
		assertThat(awaitStatus(second, JobStatus.EXITED_ERR).error())
			.contains("already published in this process, by job %s (app), node".formatted(server.id()));
		assertThat(outcome(this.commands.stop(List.of(server.id())))).isEqualTo(Outcome.DONE);
		GroupJob third = run(publish);
		await().untilAsserted(() -> assertThat(log(third)).isEqualTo("published\n"));
	}

	@Test
	void aJobSeesTheFrameworkAndNothingElseOfTheGroup() throws Exception {
		GroupJob job = run("""
				System.out.println(Class.forName("io.adaptive.node.AdaptiveNode").getSimpleName());
				for (String name : new String[] { "io.adaptive.gshell.group.GroupProcess", "org.objectweb.asm.Type",
						"org.eclipse.jdt.core.compiler.batch.BatchCompiler", "tools.jackson.databind.JsonNode" }) {
					try {
						Class.forName(name);
						System.out.println("found " + name);
					}
					catch (ClassNotFoundException ex) {
						System.out.println("none");
					}
				}
				System.out.println(new java.io.File(System.getProperty("gshell.job.dir")).isDirectory());
				""");
		awaitStatus(job, JobStatus.EXITED_OK);
		assertThat(log(job)).isEqualTo("AdaptiveNode\nnone\nnone\nnone\nnone\ntrue\n");
	}

	/** A busy machine takes seconds for the first node of a process. */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(1));
	}

}
