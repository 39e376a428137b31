package io.adaptive.topidchart.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.adaptive.topidchart.RunningChart;
import io.adaptive.topidchart.SlowTest;
import io.adaptive.topidchart.TopidChartApplication;
import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.Grid;
import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A long session, replayed on a clock of the test: what it takes on disk, and to be
 * looked at. Short, unless {@code -Dtopidchart.day.hours=24} and
 * {@code -Dtopidchart.day.processes=300} say otherwise. Nine tenths of the processes are
 * idle.
 */
@SlowTest
@Timeout(3600)
class DayTests {

	private static final Duration LONG = Duration.ofMinutes(10);

	private static final int HOURS = Integer.getInteger("topidchart.day.hours", 1);

	private static final int PROCESSES = Integer.getInteger("topidchart.day.processes", 50);

	private static final long START = 1_796_000_400_000L;

	private static final int WIDTH = 1200;

	private static final long GOAL_BYTES = 60_000_000;

	/** A database without samples. */
	private static final long EMPTY_BYTES = 200_000;

	private static final long SEED = 15;

	private final HttpClient http = HttpClient.newHttpClient();

	private final Random random = new Random(SEED);

	private final long[] memory = new long[PROCESSES];

	@Test
	void aLongSessionIsSmallAndOpensFast(@TempDir Path folder) throws Exception {
		int samples = HOURS * 3600;
		try (RunningChart chart = RunningChart.start(folder, WithClock.class)) {
			Sessions sessions = chart.bean(Sessions.class);
			LiveSession session = sessions.open("day", 1, new Machine(4, "", "", "", "")).session();
			long begun = System.nanoTime();
			for (int number = 1; number <= samples; number++) {
				WithClock.now = START + 1000L * number;
				sessions.accept(session, sample(number));
			}
			ChartSession stored = session.session();
			await().atMost(LONG).until(() -> session.<Integer>read((view) -> view.waiting().size()) == 0);
			print("replay of %s h x %s processes: %.0f s", HOURS, PROCESSES, seconds(begun));
			Map<Integer, List<Bucket>> hour = chart.reader()
				.buckets(stored, List.of(1, 2), Grid.of(START, START + 3_600_000, 60, 1000));
			assertThat(Bucket.merged(hour.get(2), 60_000)).hasSizeGreaterThanOrEqualTo(60);
			assertThat(hour.get(1).stream().mapToLong((each) -> each.cpu().count()).sum()).isGreaterThanOrEqualTo(3600);
			look(chart, stored, samples);
		}
		Path data = folder.resolve("data");
		print("disk after the replay: %.1f MB", size(data) / 1e6);
		// What a day of its own would have compacted.
		SingleConnectionDataSource database = new SingleConnectionDataSource(
				"jdbc:h2:async:" + data.resolve("topidchart"), true);
		new JdbcTemplate(database).execute("shutdown compact");
		database.destroy();
		print("disk, compacted: %.1f MB", size(data) / 1e6);
		assertThat(size(data)).as("the goal of 60 MB for a day of 300 processes")
			.isLessThan(EMPTY_BYTES + GOAL_BYTES * HOURS * PROCESSES / (24 * 300));
	}

	private Moment sample(int number) {
		List<Reading> readings = new ArrayList<>(PROCESSES);
		for (int i = 0; i < PROCESSES; i++) {
			boolean busy = i % 10 == 0;
			this.memory[i] = (number == 1) ? 10_000 + this.random.nextInt(500_000)
					: this.memory[i] + (busy ? this.random.nextInt(200) - 99 : 0);
			readings.add(new Reading(SeriesKey.process(100 + i, i), "process" + i, busy ? this.random.nextInt(4000) : 0,
					busy ? this.random.nextInt(1000) : 0, this.memory[i]));
		}
		return new Moment(number, WithClock.now, 0, readings, "");
	}

	private void look(RunningChart chart, ChartSession session, int samples) throws Exception {
		String api = "%s/api/sessions/%s/%s".formatted(chart.origin(), session.tag(), session.name());
		long end = START + 1000L * samples;
		List<String> views = new ArrayList<>(List.of("from=%s&to=%s".formatted(START, end + 1)));
		LongStream.of(600, 60, 10)
			.forEach((seconds) -> views.add("from=%s&to=%s".formatted(end - 1000 * seconds, end + 1)));
		for (String view : views) {
			for (int attempt = 1; attempt <= 2; attempt++) {
				long begun = System.nanoTime();
				get(api, "identity");
				byte[] charts = get(api + "/charts?width=%s&filter=0,0,0,0&".formatted(WIDTH) + view, "identity");
				double seconds = seconds(begun);
				int compressed = get(api + "/charts?width=%s&filter=0,0,0,0&".formatted(WIDTH) + view, "gzip").length;
				print("view %s, attempt %s: %.2f s, %.0f KB, %.0f KB compressed", view, attempt, seconds,
						charts.length / 1e3, compressed / 1e3);
				assertThat(seconds).as("ten times the goal of 2 s").isLessThan(20);
				assertThat(compressed).as("the goal").isLessThan(300_000);
			}
		}
		Long bytes = chart.bean(JdbcTemplate.class)
			.queryForObject("select stored_bytes from chart_session", Long.class);
		print("data: %.1f MB", (bytes == null) ? 0 : bytes / 1e6);
	}

	private byte[] get(String address, String encoding) throws IOException, InterruptedException {
		HttpResponse<byte[]> response = this.http.send(
				HttpRequest.newBuilder(URI.create(address)).header("Accept-Encoding", encoding).build(),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	private static double seconds(long begun) {
		return (System.nanoTime() - begun) / 1e9;
	}

	private static long size(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).mapToLong((file) -> {
				try {
					return Files.size(file);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).sum();
		}
	}

	private static void print(String format, Object... values) {
		System.out.println("day: " + format.formatted(values));
	}

	/**
	 * The service with a clock of the test.
	 */
	@Import(TopidChartApplication.class)
	static class WithClock {

		private static volatile long now = START;

		@Bean
		@Primary
		Clock clockOfTheTest() {
			return new Clock() {

				@Override
				public ZoneId getZone() {
					return ZoneOffset.UTC;
				}

				@Override
				public Clock withZone(ZoneId zone) {
					return this;
				}

				@Override
				public Instant instant() {
					return Instant.ofEpochMilli(now);
				}

			};
		}

	}

}
