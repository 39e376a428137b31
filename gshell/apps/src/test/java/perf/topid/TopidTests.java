package perf.topid;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
		List<String> command = new ArrayList<>(
				List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Topid.class.getName()));
		command.addAll(List.of(options));
		return start(command.toArray(String[]::new));
	}

	private static String residentKilobytes(long pid) throws IOException {
		String[] fields = Files.readString(Path.of("/proc", String.valueOf(pid), "statm")).split(" ");
		return String.valueOf(Long.parseLong(fields[1]) * KernelUnits.read("/proc").pageBytes() / 1024);
	}

	@Test
	void theVersionAndThenEachSample() throws IOException, InterruptedException {
		Process sleeping = start("sleep", "300");
		Process topid = topid("-p", String.valueOf(sleeping.pid()), "-p", "4194305", "-c", "2");
		List<String> lines = topid.inputReader().lines().toList();
		assertThat(lines).hasSize(5);
		assertThat(lines.get(0)).isEqualTo("topid 1.0");
		assertThat(lines.get(1)).isEqualTo("  PID PRIO     CPU      MEM COMM").isEqualTo(lines.get(3));
		assertThat(lines.get(4).strip().split(" +")).containsExactly(String.valueOf(sleeping.pid()), "20", "0.00",
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
