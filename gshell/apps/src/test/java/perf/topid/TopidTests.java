package perf.topid;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import perf.topid.message.ChartMessages;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.ProcessSample;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SystemSeries;
import perf.topid.proc.KernelUnits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * topid as an ordinary program, looking at real processes.
 */
class TopidTests {

	private final List<Process> processes = new ArrayList<>();

	@AfterEach
	void endProcesses() {
		this.processes.forEach(Process::destroyForcibly);
	}

	private Process start(String... command) throws IOException {
		Process process = new ProcessBuilder(command).start();
		this.processes.add(process);
		return process;
	}

	private Process topid(String... options) throws IOException {
		Process process = command(options).start();
		this.processes.add(process);
		return process;
	}

	private static ProcessBuilder command(String... options) {
		List<String> command = new ArrayList<>(
				List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Topid.class.getName()));
		command.addAll(List.of(options));
		return new ProcessBuilder(command);
	}

	private static String residentKilobytes(long pid) throws IOException {
		String[] fields = Files.readString(Path.of("/proc", String.valueOf(pid), "statm")).split(" ");
		return String.valueOf(Long.parseLong(fields[1]) * KernelUnits.read("/proc").pageBytes() / 1024);
	}

	/** As of this process: 20, or more under {@code nice}. */
	private static String priority() throws IOException {
		String stat = Files.readString(Path.of("/proc/self/stat"));
		return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[15];
	}

	@Test
	void theVersionAndThenEachSample() throws IOException, InterruptedException {
		Process sleeping = start("sleep", "300");
		Process topid = topid("-p", String.valueOf(sleeping.pid()), "-p", "4194305", "-c", "2");
		List<String> lines = topid.inputReader().lines().toList();
		assertThat(lines).hasSize(5);
		assertThat(lines.get(0)).isEqualTo("topid 1.0");
		assertThat(lines.get(1)).isEqualTo("  PID PRIO     CPU      MEM COMM").isEqualTo(lines.get(3));
		assertThat(lines.get(4).strip().split(" +")).containsExactly(String.valueOf(sleeping.pid()), priority(), "0.00",
				residentKilobytes(sleeping.pid()), "sleep");
		assertThat(topid.errorReader().lines()).containsExactly("topid: no process 4194305");
		assertThat(topid.waitFor()).isZero();
	}

	@Test
	void oneLineOfJsonForEachSampleAndNothingElse() throws IOException, InterruptedException {
		Process topid = topid("-json", "-name", "*perf.topid.Topid*", "-c", "1");
		assertThat(topid.inputReader().lines().toList()).singleElement()
			.asString()
			.startsWith("{\"time\":\"2")
			.contains("\"sample\":1", "\"pid\":" + topid.pid() + ",")
			.endsWith("}]}");
		assertThat(topid.errorReader().lines()).containsExactly("topid 1.0");
		assertThat(topid.waitFor()).isZero();
	}

	@Test
	void noneOfTheProcessesExists() throws IOException, InterruptedException {
		Process topid = topid("-p", "4194305", "-p", "4194306");
		assertThat(topid.waitFor()).isOne();
		assertThat(topid.errorReader().lines()).containsExactly("topid: no process 4194305, 4194306");
	}

	@Test
	void samplesGoToTheChartServiceInsteadOfText(@TempDir Path runtime) throws IOException, InterruptedException {
		List<Sample> samples = new CopyOnWriteArrayList<>();
		AtomicReference<OpenSession> session = new AtomicReference<>();
		try (AdaptiveNode node = AdaptiveNode.builder()
			.scopes(Set.of(Scope.OS))
			.socketDirectory(runtime.resolve("adaptive-" + Files.getAttribute(runtime, "unix:uid")))
			.build()) {
			node.newServer()
				.publish(Service.named(ChartMessages.PUBLISHER, ChartMessages.SERVICE)
					.ordered()
					.handle(OpenSession.class, (request) -> {
						session.set(request);
						return new SessionOpened("http://chart/demo", "key");
					})
					.handle(Sample.class, (sample) -> {
						samples.add(sample);
						return null;
					}));
			ProcessBuilder topid = command("-chart", "-tag", "demo", "-sys", "-snapshot", "-info", "echo extra", "-c",
					"-1", "-p", "1");
			topid.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + runtime);
			Process process = topid.start();
			this.processes.add(process);
			try (BufferedReader output = process.inputReader()) {
				assertThat(output.lines().anyMatch("chart: http://chart/demo"::equals)).isTrue();
			}
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> samples.size() >= 3);
			process.destroy();
			process.waitFor();
		}
		assertThat(session.get().tag()).isEqualTo("demo");
		assertThat(session.get().extraInformation()).isEqualTo("$ echo extra\nextra\n\n");
		assertThat(session.get().system().processors()).isPositive();
		assertThat(samples).extracting(Sample::number).startsWith(1L, 2L, 3L);
		assertThat(samples).allSatisfy((sample) -> {
			assertThat(sample.processes()).extracting(ProcessSample::pid).containsExactly(1);
			assertThat(sample.system()).extracting(SystemSeries::name).contains("cpu0.idle", "memory.free");
		});
		assertThat(samples.get(0).snapshot()).startsWith("  PID PRIO    uCPU    sCPU      MEM COMM\n    1 ");
		assertThat(samples.get(1).snapshot()).isEmpty();
	}

	@Test
	void aClosedPipeEndsItQuietly() throws IOException, InterruptedException {
		Process topid = topid();
		try (BufferedReader output = topid.inputReader()) {
			assertThat(output.readLine()).isEqualTo("topid 1.0");
		}
		assertThat(topid.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(topid.exitValue()).isZero();
		assertThat(topid.errorReader().lines()).isEmpty();
	}

}
