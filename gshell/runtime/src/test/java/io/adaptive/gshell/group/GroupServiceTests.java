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

import io.adaptive.gshell.code.ArtifactSource;
import io.adaptive.gshell.job.JobTimeouts;
import io.adaptive.gshell.log.LogLimits;
import io.adaptive.gshell.log.RotatingLog;
import io.adaptive.gshell.message.group.AttachMessage;
import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.message.group.BundleFile;
import io.adaptive.gshell.message.group.BundleInFolder;
import io.adaptive.gshell.message.group.DescribeGroup;
import io.adaptive.gshell.message.group.GroupInfo;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.JobExited;
import io.adaptive.gshell.message.group.JobInput;
import io.adaptive.gshell.message.group.JobList;
import io.adaptive.gshell.message.group.JobOutput;
import io.adaptive.gshell.message.group.JobOutput.Kind;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.JobStarted;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.KillAnswer;
import io.adaptive.gshell.message.group.KillGroup;
import io.adaptive.gshell.message.group.ListJobs;
import io.adaptive.gshell.message.group.LogChunk;
import io.adaptive.gshell.message.group.ReadLog;
import io.adaptive.gshell.message.group.RemoveJobs;
import io.adaptive.gshell.message.group.RestartRule;
import io.adaptive.gshell.message.group.RunAnswer;
import io.adaptive.gshell.message.group.RunAttached;
import io.adaptive.gshell.message.group.RunJob;
import io.adaptive.gshell.message.group.RunRefused;
import io.adaptive.gshell.message.group.RunRefused.Reason;
import io.adaptive.gshell.message.group.StartJobs;
import io.adaptive.gshell.message.group.StopJobs;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StoredGroup;
import io.adaptive.gshell.state.WorkFolder;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.RemoteException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The service of a group, in the process of the test; messages are copied.
 */
class GroupServiceTests {

	private static final JobTimeouts SHORT = new JobTimeouts(Duration.ofSeconds(1), Duration.ofMillis(50),
			Duration.ofSeconds(5));

	private static final String ECHO = "java.io.BufferedReader in = new java.io.BufferedReader("
			+ "new java.io.InputStreamReader(System.in)); String line; while ((line = in.readLine()) != null)"
			+ " { System.out.println(\"out \" + line); System.err.println(\"err \" + line); } System.exit(7);";

	@TempDir
	Path folder;

	private final Timers timers = new Timers();

	private GroupFolder group;

	private JobRunner runner;

	private GroupJobs jobs;

	private GroupLife life;

	private RotatingLog log;

	private AdaptiveNode node;

	private Connection connection;

	@BeforeEach
	void open() throws IOException {
		WorkFolder work = WorkFolder.open(this.folder.resolve("wd"));
		GroupName name = new GroupName("test", "1");
		this.group = work.group(name);
		StoredGroup stored = new StoredGroup("test", "1", GroupLimits.DEFAULT, Map.of(), Clock.systemUTC().instant(), 1,
				List.of("a note"));
		this.group.create(stored);
		SharedClasses shared = new SharedClasses(GroupServiceTests.class.getClassLoader());
		this.runner = new JobRunner(new JobCompiler(this.group.cache(), shared, ArtifactSource.NONE), shared,
				this.folder.resolve("s"), SHORT, LogLimits.DEFAULT, Clock.systemUTC(), new Random(), this.timers);
		this.jobs = new GroupJobs(this.group, this.runner, () -> this.life.finish());
		this.life = new GroupLife(this.group, stored, this.jobs, this.timers, Clock.systemUTC().instant());
		this.log = new RotatingLog(this.group.log(), LogLimits.DEFAULT);
		this.node = AdaptiveNode.builder().inMemory(new ProcessSpace()).copyInProcess(true).build();
		this.node.newServer()
			.publish(new GroupService(name, this.jobs, new JobCommands(this.jobs, SHORT), this.life, this.log,
					this.timers)
				.service());
		this.connection = this.node.newClient().discover(name.service());
	}

	@AfterEach
	void close() {
		GroupLife.leave(this.jobs.all()).join();
		this.node.close();
		this.timers.close();
		this.runner.compiler().close();
		this.log.close();
	}

	private static RunJob job(String body) {
		String source = "class Main { public static void main(String[] args) throws Exception { %s } }".formatted(body);
		BundleFile file = new BundleFile("app/Main.java", source.getBytes(StandardCharsets.UTF_8));
		return new RunJob("app", List.of(), new BundleContent("app", List.of(file)), RestartRule.NONE, false, "tester",
				"abc");
	}

	private String run(String body) {
		return started(this.connection.sendRecv(job(body), RunAnswer.class));
	}

	private static String started(RunAnswer answer) {
		assertThat(answer).isInstanceOf(JobStarted.class);
		return ((JobStarted) answer).id();
	}

	private JobRecord record(String id) {
		JobList list = this.connection.sendRecv(new ListJobs(List.of(id)), JobList.class);
		assertThat(list.problems()).isEmpty();
		return list.jobs().get(0);
	}

	private JobRecord awaitStatus(String id, JobStatus status) {
		return await().until(() -> record(id), (record) -> record.status() == status);
	}

	private MessageStream attach(String body) {
		MessageStream stream = this.connection.newStream();
		stream.setReceiveTimeout(Duration.ofSeconds(60));
		stream.send(new RunAttached(job(body)));
		return stream;
	}

	private static void input(MessageStream stream, String text) {
		stream.send(new JobInput(text.getBytes(StandardCharsets.UTF_8)));
	}

	/** Receives until the exit. */
	private static JobExited exit(MessageStream stream, StringBuilder out, StringBuilder err) {
		while (true) {
			AttachMessage message = stream.recv(AttachMessage.class);
			if (message instanceof JobExited exited) {
				return exited;
			}
			JobOutput output = (JobOutput) message;
			(output.kind() == Kind.OUT ? out : err).append(new String(output.bytes(), StandardCharsets.UTF_8));
		}
	}

	@Test
	void aJobRunsAndIsInTheList() {
		String id = run("System.out.println(\"hello\");");
		JobRecord record = awaitStatus(id, JobStatus.EXITED_OK);
		assertThat(record.commit()).isEqualTo("abc");
		assertThat(record.requestedBy()).isEqualTo("tester");
		GroupInfo info = this.connection.sendRecv(new DescribeGroup(), GroupInfo.class);
		assertThat(info.jobs()).isEqualTo(1);
		assertThat(info.runningJobs()).isZero();
		assertThat(info.notes()).containsExactly("a note");
		assertThat(info.residentBytes()).isPositive();
		JobList list = this.connection.sendRecv(new ListJobs(List.of("none")), JobList.class);
		assertThat(list.problems()).containsExactly("no job none; see the ids and names in the list of jobs");
	}

	@Test
	void aRunningJobShowsWhatItUses() {
		String id = run("Thread.sleep(600_000);");
		JobRecord record = awaitStatus(id, JobStatus.RUNNING);
		assertThat(record.live()).isNotNull();
		assertThat(record.live().threads()).isEqualTo(1);
		assertThat(record.live().allocatedBytes()).isPositive();
		assertThat(record.live().cpu()).isPositive();
		assertThat(record.live().stacks()).isEmpty();
	}

	@Test
	void whatIsWrongWithTheCodeIsTheAnswer() {
		RunRefused refused = (RunRefused) this.connection.sendRecv(job("int a = \"\";"), RunAnswer.class);
		assertThat(refused.reason()).isEqualTo(Reason.COMPILATION);
		assertThat(refused.text()).contains("app/Main.java:1: error: Type mismatch");
	}

	@Test
	void pathsThatLeadOutAndDamagedBundlesAreRefused() {
		run("Thread.sleep(600_000);");
		BundleFile file = new BundleFile("../Main.java", new byte[0]);
		RunJob outside = new RunJob("app", List.of(), new BundleContent("app", List.of(file)), RestartRule.NONE, false,
				"tester", null);
		RunRefused refused = (RunRefused) this.connection.sendRecv(outside, RunAnswer.class);
		assertThat(refused.reason()).isEqualTo(Reason.CODE);
		assertThat(refused.text()).isEqualTo("\"../Main.java\" is no path in a repository; name a file below its root");
		RunJob missing = new RunJob("app", List.of(), new BundleInFolder("/no/such/folder", "0".repeat(64)),
				RestartRule.NONE, false, "tester", null);
		refused = (RunRefused) this.connection.sendRecv(missing, RunAnswer.class);
		assertThat(refused.reason()).isEqualTo(Reason.CODE);
		assertThat(refused.text()).contains("/no/such/folder/manifest: no such file or folder");
	}

	@Test
	void anAttachedJobReadsItsInputAndGivesItsStatus() {
		try (MessageStream stream = attach(ECHO)) {
			String id = started(stream.recv(RunAnswer.class));
			input(stream, "one\ntw");
			input(stream, "o\n");
			stream.send(new JobInput(new byte[0]));
			StringBuilder out = new StringBuilder();
			StringBuilder err = new StringBuilder();
			assertThat(exit(stream, out, err)).isEqualTo(new JobExited(7, null));
			assertThat(out).hasToString("out one\nout two\n");
			assertThat(err).hasToString("err one\nerr two\n");
			assertThatExceptionOfType(EndOfStreamException.class).isThrownBy(() -> stream.recv(AttachMessage.class));
			assertThat(record(id).exitStatus()).isEqualTo(7);
			assertThat(read(new ReadLog(id, -1, false))).isEqualTo("out one\nerr one\nout two\nerr two\n");
		}
	}

	@Test
	void anAttachedJobWaitsWhileTheClientDoesNotReadAndNothingIsLost() {
		try (MessageStream stream = attach("byte[] line = new byte[1000]; java.util.Arrays.fill(line, (byte) 'x');"
				+ " for (int index = 0; index < 5000; index++) { System.out.write(line); System.out.flush(); }")) {
			String id = started(stream.recv(RunAnswer.class));
			await().during(Duration.ofMillis(300)).until(() -> record(id).status() == JobStatus.RUNNING);
			StringBuilder out = new StringBuilder();
			assertThat(exit(stream, out, out).status()).isZero();
			assertThat(out).hasSize(5_000_000);
		}
	}

	@Test
	void aJobGoesOnWithoutItsClient() {
		String id;
		try (MessageStream stream = attach("while (System.in.read() >= 0) { } System.out.println(\"end of input\");"
				+ " Thread.sleep(600_000);")) {
			id = started(stream.recv(RunAnswer.class));
			awaitStatus(id, JobStatus.RUNNING);
		}
		await().untilAsserted(() -> assertThat(read(new ReadLog(id, -1, false))).isEqualTo("end of input\n"));
		assertThat(record(id).status()).isEqualTo(JobStatus.RUNNING);
	}

	private String read(ReadLog request) {
		try (MessageStream stream = this.connection.newStream()) {
			stream.setReceiveTimeout(Duration.ofSeconds(60));
			stream.send(request);
			return rest(stream);
		}
	}

	private static String rest(MessageStream stream) {
		StringBuilder text = new StringBuilder();
		try {
			while (true) {
				text.append(new String(stream.recv(LogChunk.class).bytes(), StandardCharsets.UTF_8));
			}
		}
		catch (EndOfStreamException ex) {
			return text.toString();
		}
	}

	@Test
	void aLogIsFollowedThroughStopAndStartUntilTheJobIsRemoved() {
		String id = run("System.out.println(\"begin\"); Thread.sleep(600_000);");
		String other = run("Thread.sleep(600_000);");
		await().untilAsserted(() -> assertThat(read(new ReadLog(id, -1, false))).isEqualTo("begin\n"));
		try (MessageStream stream = this.connection.newStream()) {
			stream.setReceiveTimeout(Duration.ofSeconds(60));
			stream.send(new ReadLog(id, 10, true));
			CompletableFuture<String> all = CompletableFuture.supplyAsync(() -> rest(stream));
			this.connection.sendRecv(new StopJobs(List.of(id)), JobResults.class);
			this.connection.sendRecv(new StartJobs(List.of(id)), JobResults.class);
			await().untilAsserted(() -> assertThat(read(new ReadLog(id, -1, false))).isEqualTo("begin\nbegin\n"));
			assertThat(all).isNotDone();
			this.connection.sendRecv(new RemoveJobs(List.of(id), true), JobResults.class);
			assertThat(all).succeedsWithin(Duration.ofSeconds(60)).isEqualTo("begin\nbegin\n");
		}
		assertThat(record(other).status()).isEqualTo(JobStatus.RUNNING);
	}

	@Test
	void theLogOfAJobThatIsNotThereIsRefused() {
		try (MessageStream stream = this.connection.newStream()) {
			stream.setReceiveTimeout(Duration.ofSeconds(60));
			stream.send(new ReadLog("none", 1, false));
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> stream.recv(LogChunk.class))
				.withMessageContaining("no job none");
		}
	}

	@Test
	void theLogOfTheGroupIsReadWithoutAReference() {
		byte[] line = "of the group\n".getBytes(StandardCharsets.UTF_8);
		this.log.write(line, 0, line.length);
		assertThat(read(new ReadLog(null, 1, false))).isEqualTo("of the group\n");
	}

	@Test
	void aGroupWithRunningJobsIsKilledByForceOnly() {
		String id = run("Thread.sleep(600_000);");
		awaitStatus(id, JobStatus.RUNNING);
		assertThat(this.connection.sendRecv(new KillGroup(false), KillAnswer.class))
			.isEqualTo(new KillAnswer(false, List.of(id)));
		assertThat(this.connection.sendRecv(new KillGroup(true), KillAnswer.class))
			.isEqualTo(new KillAnswer(true, List.of()));
		assertThat(this.group.exists()).isFalse();
		assertThat(this.life.end()).isCompleted();
		RunRefused refused = (RunRefused) this.connection.sendRecv(job(""), RunAnswer.class);
		assertThat(refused.reason()).isEqualTo(Reason.ENDING);
		this.life.end().join().run();
	}

	/** A busy machine takes seconds for the first node of a process. */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(1));
	}

}
