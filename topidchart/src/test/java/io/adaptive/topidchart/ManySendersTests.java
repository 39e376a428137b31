package io.adaptive.topidchart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

	private final Random random = new Random(15);

	/** The first second. */
	private final long first = System.currentTimeMillis() / 1000 * 1000;

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	@Test
	void noSampleIsLostAndTheHeapIsEnough() throws Exception {
		try (ServiceProcess service = ServiceProcess.start(this.folder, "-Xmx256m", "-XX:+UseSerialGC");
				AdaptiveNode node = service.node()) {
			String page = service.page();
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
			double before = service.cpuSeconds();
			long begun = System.nanoTime();
			for (int number = 1; number <= SECONDS; number++) {
				long due = begun + TimeUnit.SECONDS.toNanos(number);
				TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
				for (int i = 0; i < SENDERS; i++) {
					connections.get(i).send(sample(sessions.get(i), number));
				}
				if (number % 60 == 0) {
					print("after %s s: %s KB of heap in use", number, service.heap());
				}
			}
			for (int i = 0; i < SENDERS; i++) {
				int sender = i;
				await().atMost(LONG)
					.until(() -> connections.get(sender)
						.sendRecv(new ResumeSession(sessions.get(sender).key()), SessionResumed.class)
						.lastNumber() == SECONDS);
				assertThat(secondsWithSample(page, sessions.get(i))).as("samples of sender %s", i).isEqualTo(SECONDS);
			}
			double seconds = (System.nanoTime() - begun) / 1e9;
			print("%s senders x %s processes, %s s: none lost, %.2f cores, %s KB of heap in use after a collection",
					SENDERS, PROCESSES, SECONDS, (service.cpuSeconds() - before) / seconds, service.heap());
			assertThat(service.isAlive()).isTrue();
			assertThat(service.log()).doesNotContain("OutOfMemoryError", " ERROR ", "left out");
		}
	}

	private Sample sample(SessionOpened session, int number) {
		List<ProcessSample> processes = new ArrayList<>(PROCESSES);
		for (int i = 0; i < PROCESSES; i++) {
			boolean busy = i % 10 == 0;
			processes.add(new ProcessSample(100 + i, i, "process" + i, busy ? this.random.nextInt(40) : 0, 0,
					10_000 + 10 * i + (busy ? this.random.nextInt(100) : 0)));
		}
		return new Sample(session.key(), number, this.first + 1000L * (number - 1), 0, processes, List.of(), "");
	}

	/**
	 * Returns in how many seconds the chart of a session has a sample. Each step of it is
	 * a second.
	 */
	private long secondsWithSample(String page, SessionOpened session) throws IOException, InterruptedException {
		String path = URI.create(session.url()).getPath();
		JsonNode charts = new JsonMapper().readTree(this.http.send(
				HttpRequest.newBuilder(URI.create("%s/api/sessions%s/charts?from=%s&to=%s&width=%s&filter=0,0,0,0"
					.formatted(page, path, this.first, this.first + 1000L * SECONDS, 2 * SECONDS))).build(),
				HttpResponse.BodyHandlers.ofString())
			.body());
		assertThat(charts.get("step").asLong()).isEqualTo(1000);
		return charts.get("cpu").get("other").values().stream().filter((value) -> !value.isNull()).count();
	}

	private static void print(String format, Object... values) {
		System.out.println("senders: " + format.formatted(values));
	}

}
