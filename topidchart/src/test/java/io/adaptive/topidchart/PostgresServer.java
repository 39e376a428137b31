package io.adaptive.topidchart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The PostgreSQL of the machine, in a temporary folder at a loopback port, one for all
 * tests of this process and ended with it. As root it runs as another user. Where it is
 * not installed the test is skipped, or fails if {@code ADAPTIVE_POSTGRESQL=required} is
 * in the environment.
 */
public final class PostgresServer {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

	private static Optional<PostgresServer> running = Optional.empty();

	private final Path binaries;

	private final Path folder;

	private final int port;

	private final Process server;

	private final AtomicInteger databases = new AtomicInteger();

	private PostgresServer(Path binaries) throws IOException, InterruptedException {
		this.binaries = binaries;
		this.folder = Files.createTempDirectory("topidchart-postgresql");
		if (isRoot()) {
			Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwx------"));
			UserPrincipal user = FileSystems.getDefault()
				.getUserPrincipalLookupService()
				.lookupPrincipalByName("nobody");
			Files.setOwner(this.folder, user);
		}
		Process made = start("initdb", "--pgdata=" + this.folder.resolve("data"), "--auth=trust", "--username=topid",
				"--encoding=UTF8", "--locale=C", "--no-sync");
		assertThat(made.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(made.exitValue()).isZero();
		this.port = freePort();
		this.server = start("postgres", "-D", this.folder.resolve("data").toString(), "-p", String.valueOf(this.port),
				"-k", this.folder.toString(), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off");
		Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
		await().atMost(PATIENCE).ignoreExceptions().until(() -> {
			execute("select 1");
			return true;
		});
	}

	/**
	 * Returns the server, started if it is not yet.
	 */
	public static synchronized PostgresServer running() {
		if (running.isEmpty()) {
			Optional<Path> binaries = binaries();
			if (binaries.isEmpty()) {
				String missing = "no PostgreSQL in /usr/lib/postgresql; on Debian: apt install postgresql";
				assertThat(System.getenv("ADAPTIVE_POSTGRESQL")).as(missing).isNotEqualTo("required");
				Assumptions.abort(missing);
			}
			try {
				running = Optional.of(new PostgresServer(binaries.orElseThrow()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}
		return running.orElseThrow();
	}

	private static Optional<Path> binaries() {
		if (!Files.isDirectory(VERSIONS)) {
			return Optional.empty();
		}
		try (Stream<Path> versions = Files.list(VERSIONS)) {
			return versions.map((version) -> version.resolve("bin"))
				.filter((bin) -> Files.isExecutable(bin.resolve("initdb")))
				.max(Comparator.naturalOrder());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isRoot() throws IOException {
		return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private Process start(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
		}
		command.add(this.binaries.resolve(program).toString());
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile());
		Path log = this.folder.resolveSibling(this.folder.getFileName() + ".log");
		builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		return builder.start();
	}

	/**
	 * Stops the processes of the server, which keep their connections and answer nothing.
	 */
	public void freeze() throws IOException, InterruptedException {
		signal("-STOP");
	}

	/**
	 * Lets the processes of the server go on.
	 */
	public void thaw() throws IOException, InterruptedException {
		signal("-CONT");
	}

	private void signal(String signal) throws IOException, InterruptedException {
		// The first one makes the others: while it is stopped, there are no new ones.
		kill(signal, List.of(String.valueOf(this.server.pid())));
		kill(signal, this.server.descendants().map((each) -> String.valueOf(each.pid())).toList());
	}

	/** A process of the server may have ended. */
	private static void kill(String signal, List<String> processes) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("kill", signal));
		command.addAll(processes);
		new ProcessBuilder(command).start().waitFor();
	}

	private void stop() {
		try {
			// Not at once: tests may have connections that are still open.
			new ProcessBuilder("kill", "-QUIT", String.valueOf(this.server.pid())).start().waitFor();
			if (!this.server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				this.server.destroyForcibly();
			}
			try (Stream<Path> files = Files.walk(this.folder)) {
				files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
			}
			Files.deleteIfExists(this.folder.resolveSibling(this.folder.getFileName() + ".log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void execute(String statement) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url("postgres"), "topid", "");
				Statement made = connection.createStatement()) {
			made.execute(statement);
		}
	}

	private String url(String database) {
		return "jdbc:postgresql://127.0.0.1:%s/%s".formatted(this.port, database);
	}

	/**
	 * Makes a database.
	 * @return its address, for the user {@code topid} without a password
	 */
	String newDatabase() {
		String name = "topid" + this.databases.incrementAndGet();
		try {
			execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return url(name);
	}

}
