package io.adaptive.topidchart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import perf.topid.message.ChartMessages;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.ProcessSample;
import perf.topid.message.ChartMessages.ResumeSession;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SessionResumed;
import perf.topid.message.ChartMessages.SystemInformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many collectors, and the service in a process of its own with 256 MB of heap. Few and
 * short, unless {@code -Dtopidchart.senders=50},
 * {@code -Dtopidchart.senders.processes=300} and {@code -Dtopidchart.senders.seconds=300}
 * say otherwise. Each sends once a second.
 */
@SlowTest
@Timeout(1800)
class ManySendersTests {

	private static final Duration LONG = Duration.ofMinutes(3);

	private static final int SENDERS = Integer.getInteger("topidchart.senders", 10);

	private static final int PROCESSES = Integer.getInteger("topidchart.senders.processes", 100);

	private static final int SECONDS = Integer.getInteger("topidchart.senders.seconds", 10);

	private static final Pattern PAGE = Pattern.compile("The page is at (http://127.0.0.1:\\d+)/");

	private static final Pattern USED = Pattern.compile("used (\\d+)K");

	private final Random random = new Random(15);

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	private Optional<Process> service = Optional.empty();

	@AfterEach
	void stop() throws InterruptedException {
		if (this.service.isPresent()) {
			this.service.get().destroy();
			this.service.get().waitFor(30, TimeUnit.SECONDS);
		}
	}

	private String start() throws IOException {
		Path log = this.folder.resolve("log");
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m",
				"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), TopidChartApplication.class.getName(),
				"--server.port=0", "--dir=" + this.folder.resolve("data"), "--adaptive.scopes=os",
				"--adaptive.os.socket-directory=" + this.folder.resolve("sockets"))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		this.service = Optional.of(process);
		return await().atMost(LONG).until(() -> {
			Matcher page = PAGE.matcher(Files.readString(log, StandardCharsets.UTF_8));
			return page.find() ? page.group(1) : "";
		}, (found) -> !found.isEmpty());
	}

	@Test
	void noSampleIsLostAndTheHeapIsEnough() throws Exception {
		String page = start();
		long pid = this.service.orElseThrow().pid();
		try (AdaptiveNode node = AdaptiveNode.builder()
			.scopes(Set.of(Scope.OS))
			.socketDirectory(this.folder.resolve("sockets"))
			.build()) {
			List<Connection> connections = new ArrayList<>();
			List<SessionOpened> sessions = new ArrayList<>();
			for (int i = 0; i < SENDERS; i++) {
				Connection connection = node.newClient()
					.discoverTimeout(LONG)
					.discover(ChartMessages.PUBLISHER, ChartMessages.SERVICE);
				connections.add(connection);
				sessions
					.add(connection.sendRecv(new OpenSession("sender" + i, 1, new SystemInformation(8, "", "", ""), ""),
							SessionOpened.class));
			}
			double before = cpuSeconds(pid);
			long begun = System.nanoTime();
			for (int number = 1; number <= SECONDS; number++) {
				long due = begun + TimeUnit.SECONDS.toNanos(number);
				TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
				for (int i = 0; i < SENDERS; i++) {
					connections.get(i).send(sample(sessions.get(i), number));
				}
				if (number % 60 == 0) {
					print("after %s s: %s KB of heap in use", number, heap(pid));
				}
			}
			for (int i = 0; i < SENDERS; i++) {
				int sender = i;
				await().atMost(LONG)
					.until(() -> connections.get(sender)
						.sendRecv(new ResumeSession(sessions.get(sender).key()), SessionResumed.class)
						.lastNumber() == SECONDS);
				assertThat(samples(page, sessions.get(i))).as("samples of sender %s", i).isEqualTo(SECONDS);
			}
			double seconds = (System.nanoTime() - begun) / 1e9;
			print("%s senders x %s processes, %s s: none lost, %.2f cores, %s KB of heap in use after a collection",
					SENDERS, PROCESSES, SECONDS, (cpuSeconds(pid) - before) / seconds, heap(pid));
		}
		assertThat(this.service.orElseThrow().isAlive()).isTrue();
		assertThat(Files.readString(this.folder.resolve("log"))).doesNotContain("OutOfMemoryError", " ERROR ",
				"left out");
	}

	private Sample sample(SessionOpened session, int number) {
		List<ProcessSample> processes = new ArrayList<>(PROCESSES);
		for (int i = 0; i < PROCESSES; i++) {
			boolean busy = i % 10 == 0;
			processes.add(new ProcessSample(100 + i, i, "process" + i, busy ? this.random.nextInt(40) : 0, 0,
					10_000 + 10 * i + (busy ? this.random.nextInt(100) : 0)));
		}
		return new Sample(session.key(), number, System.currentTimeMillis(), 0, processes, List.of(), "");
	}

	/** Returns how many samples the list of sessions has of one. */
	private long samples(String page, SessionOpened session) throws IOException, InterruptedException {
		String name = session.url().replaceFirst(".*/", "");
		String list = this.http
			.send(HttpRequest.newBuilder(URI.create(page + "/api/sessions")).build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
		Matcher samples = Pattern.compile("\"name\":\"" + name + "\".*?\"samples\":(\\d+)").matcher(list);
		assertThat(samples.find()).as(list).isTrue();
		return Long.parseLong(samples.group(1));
	}

	private static void print(String format, Object... values) {
		System.out.println("senders: " + format.formatted(values));
	}

	private static double cpuSeconds(long pid) throws IOException {
		String stat = Files.readString(Path.of("/proc/%s/stat".formatted(pid)));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
	}

	private static long heap(long pid) throws IOException, InterruptedException {
		jcmd(pid, "GC.run");
		Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
		long sum = 0;
		// The generations; the rest is no heap.
		for (int i = 0; i < 2 && used.find(); i++) {
			sum += Long.parseLong(used.group(1));
		}
		assertThat(sum).isPositive();
		return sum;
	}

	private static String jcmd(long pid, String command) throws IOException, InterruptedException {
		Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
		Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), command).redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

}
