package io.adaptive.gshell.daemon;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.gshell.code.DurableFiles;
import io.adaptive.gshell.command.CommandEnvironment;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.command.Gsh;
import io.adaptive.gshell.daemon.DaemonFixture.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A daemon in a process of its own that does not answer.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class DaemonProcessTests {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private Path folder;

	private Process daemon;

	@BeforeEach
	void start() throws IOException {
		// Short, since sockets are in it.
		this.folder = Files.createTempDirectory(Path.of("/tmp"), "gsh");
		startDaemon();
	}

	@AfterEach
	void stop() throws Exception {
		signal(this.daemon, "CONT");
		gsh("kill", "-f", "*");
		await().atMost(PATIENCE).until(() -> gsh("list", "-s", "grg-*").out().lines().count() == 1);
		this.daemon.destroy();
		this.daemon.waitFor();
		DurableFiles.deleteTree(this.folder);
	}

	private void startDaemon() throws IOException {
		Path output = this.folder.resolve("daemon.out");
		this.daemon = process("daemon", "--wd", this.folder.resolve("wd").toString()).redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		await().atMost(PATIENCE).until(() -> Files.readString(output), (text) -> text.contains(" runs, process "));
	}

	private ProcessBuilder process(String... args) {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Gsh.class.getName()));
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put(CommandEnvironment.SOCKET_DIRECTORY, sockets().toString());
		return builder;
	}

	private Path sockets() {
		return this.folder.resolve("s");
	}

	private static void signal(Process process, String name) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor()).isZero();
	}

	private Result gsh(String... args) {
		return gsh(PATIENCE, args);
	}

	private Result gsh(Duration patience, String... args) {
		PrintStream none = new PrintStream(OutputStream.nullOutputStream());
		return DaemonFixture.run(new CommandEnvironment(new ByteArrayInputStream(new byte[0]), none, none, false, false,
				sockets(), null, this.folder.resolve("cache"), patience), args);
	}

	@Test
	void aDaemonThatDoesNotAnswerIsATimeout() throws Exception {
		assertThat(gsh("ps").status()).isZero();
		signal(this.daemon, "STOP");
		Result silent = gsh(Duration.ofSeconds(1), "ps");
		assertThat(silent).isEqualTo(new Result(ExitStatus.TIMEOUT, "",
				"The daemon runs and has not answered within 1 s; look at" + " its process\n"));
		signal(this.daemon, "CONT");
		assertThat(gsh("ps").status()).isZero();
		this.daemon.destroyForcibly().waitFor();
		assertThat(gsh("ps")).isEqualTo(new Result(ExitStatus.NOT_FOUND, "",
				"No daemon runs for this user on this machine; start one with: gsh daemon\n"));
		startDaemon();
	}

}
