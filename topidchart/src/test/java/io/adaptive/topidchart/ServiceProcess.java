package io.adaptive.topidchart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service in a process of its own. A second one may be started in the same folder
 * when the first one has ended.
 */
public final class ServiceProcess implements AutoCloseable {

	private static final Duration LONG = Duration.ofMinutes(3);

	private static final Pattern PAGE = Pattern.compile("The page is at (http://127.0.0.1:\\d+)/");

	private static final Pattern USED = Pattern.compile("used (\\d+)K");

	private final Path folder;

	private final Path log;

	private final Process process;

	private ServiceProcess(Path folder, String... options) throws IOException {
		this.folder = folder;
		this.log = Files.createTempFile(folder, "service", ".log");
		List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElseThrow());
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), TopidChartApplication.class.getName(),
				"--server.port=0", "--dir=" + folder.resolve("data"), "--adaptive.scopes=os",
				"--adaptive.os.socket-directory=" + folder.resolve("sockets")));
		this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(this.log.toFile()).start();
	}

	/**
	 * Starts the service, and waits for its page.
	 * @param folder data, sockets and logs
	 * @param options of the JVM
	 */
	public static ServiceProcess start(Path folder, String... options) throws IOException {
		ServiceProcess service = new ServiceProcess(folder, options);
		await().atMost(LONG).until(() -> PAGE.matcher(service.log()).find());
		return service;
	}

	/**
	 * Makes a node that finds the service.
	 */
	public AdaptiveNode node() {
		return AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(this.folder.resolve("sockets")).build();
	}

	public String log() throws IOException {
		return Files.readString(this.log, StandardCharsets.UTF_8);
	}

	public String page() throws IOException {
		Matcher page = PAGE.matcher(log());
		assertThat(page.find()).isTrue();
		return page.group(1);
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Ends the process at once, and waits for its end.
	 */
	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/**
	 * Ends the process as a terminal does, and waits for its end.
	 */
	public void terminate() throws InterruptedException {
		this.process.destroy();
		assertThat(this.process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	double cpuSeconds() throws IOException {
		String stat = Files.readString(Path.of("/proc/%s/stat".formatted(this.process.pid())));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
	}

	/**
	 * Returns the kilobytes of heap that are in use after a collection.
	 */
	long heap() throws IOException, InterruptedException {
		jcmd("GC.run");
		Matcher used = USED.matcher(jcmd("GC.heap_info"));
		long sum = 0;
		// The two generations; the rest is no heap.
		for (int i = 0; i < 2 && used.find(); i++) {
			sum += Long.parseLong(used.group(1));
		}
		assertThat(sum).isPositive();
		return sum;
	}

	private String jcmd(String command) throws IOException, InterruptedException {
		Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
		Process asked = new ProcessBuilder(jcmd.toString(), String.valueOf(this.process.pid()), command)
			.redirectErrorStream(true)
			.start();
		String output = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(asked.waitFor()).as(output).isZero();
		return output;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
