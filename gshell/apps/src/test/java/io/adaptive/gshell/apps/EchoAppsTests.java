package io.adaptive.gshell.apps;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import example.echo.client.EchoClient;
import example.echo.server.EchoServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import util.shell.Shell;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Server and clients of the echo, and the shell, as programs without gshell.
 */
class EchoAppsTests {

	@TempDir
	private Path temporary;

	private final List<Process> started = new ArrayList<>();

	@AfterEach
	void stop() throws InterruptedException {
		for (Process each : this.started) {
			each.destroy();
			each.waitFor();
		}
	}

	/** The sockets of the programs are below the temporary directory. */
	private Process start(Class<?> app, String... args) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + this.temporary, "-cp",
				System.getProperty("java.class.path"), app.getName());
		builder.command().addAll(List.of(args));
		Process process = builder.redirectErrorStream(true).start();
		this.started.add(process);
		return process;
	}

	@Test
	@Tag("slow")
	void eachStreamHearsItsEchoAndOthersSeeItComeAndGo() throws IOException, InterruptedException {
		Process server = start(EchoServer.class);
		// Lines of its log come before.
		assertThat(server.inputReader().lines().filter("echo server runs"::equals).findFirst()).isPresent();
		Process watcher = start(EchoClient.class, "-cmd", "whoelse");
		BufferedReader seen = watcher.inputReader();
		assertThat(seen.lines().filter("watching"::equals).findFirst()).isPresent();
		Process client = start(EchoClient.class);
		List<String> echoes = client.inputReader().lines().filter((line) -> line.startsWith("session")).toList();
		assertThat(client.waitFor()).isZero();
		assertThat(echoes).hasSize(6).first().asString().matches("session[123]: hello 1");
		String one = echoes.get(0).substring(0, echoes.get(0).indexOf(':'));
		String other = echoes.get(1).substring(0, echoes.get(1).indexOf(':'));
		assertThat(echoes).containsExactly(one + ": hello 1", other + ": hi 1", one + ": hello 2", other + ": hi 2",
				one + ": hello 3", other + ": hi 3");
		assertThat(List.of(seen.readLine(), seen.readLine(), seen.readLine(), seen.readLine()))
			.containsExactlyInAnyOrder(one + " is here", other + " is here", one + " has left", other + " has left");
	}

	@Test
	void theShellHasTheStreamsAndTheStatusOfItsCommand() throws IOException, InterruptedException {
		Process shell = start(Shell.class, "/bin/sh", "-c", "read line; echo \"<$line>\"; echo oops >&2; exit 7");
		try (var input = shell.outputWriter()) {
			input.write("typed\n");
		}
		assertThat(shell.inputReader().lines()).containsExactlyInAnyOrder("<typed>", "oops");
		assertThat(shell.waitFor()).isEqualTo(7);
	}

}
