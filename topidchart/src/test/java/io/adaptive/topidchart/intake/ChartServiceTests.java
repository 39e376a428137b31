package io.adaptive.topidchart.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.Connection;
import io.adaptive.topidchart.RunningChart;
import io.adaptive.topidchart.SlowTest;
import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.Grid;
import io.adaptive.topidchart.series.Point;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.StoredSeries;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.ResumeSession;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SessionResumed;
import perf.topid.message.ChartMessages.SystemInformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The chart service as a collector sees it, in another node. A block is of ten samples.
 */
@Timeout(60)
class ChartServiceTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@TempDir
	private static Path folder;

	private static RunningChart chart;

	private final long first = System.currentTimeMillis() / 60_000 * 60_000 - 50_000;

	@BeforeAll
	static void start() {
		chart = start(folder);
	}

	private static RunningChart start(Path folder) {
		return RunningChart.start(folder, "topidchart.session.block-samples=10");
	}

	@AfterAll
	static void stop() {
		chart.close();
	}

	private void send(RunningChart service, SessionOpened session, long from, long to) {
		LongStream.rangeClosed(from, to)
			.forEach((number) -> service.connection().send(RunningChart.sample(session, this.first, number)));
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(service.session(session).progress().lastNumber()).isEqualTo(to));
	}

	private static int blocks(RunningChart service, ChartSession session) {
		Integer count = service.bean(JdbcTemplate.class)
			.queryForObject("select count(*) from block where resolution = 0 and session_id = ?", Integer.class,
					session.storedId());
		return (count == null) ? 0 : count;
	}

	private Map<Integer, List<Bucket>> seconds(RunningChart service, ChartSession session) {
		return service.reader()
			.buckets(session, List.of(1, 2, 3, 4, 5, 6), Grid.of(this.first, this.first + 60_000, 60, 1000));
	}

	@Test
	void samplesAreReadFromBlocksAndFromTheOpenOne() {
		SessionOpened opened = chart.open("tag");
		assertThat(opened.url()).matches(chart.origin() + "/tag/\\d{8}-\\d{6}-[0-9a-f]{8}");
		send(chart, opened, 1, 25);
		ChartSession session = chart.session(opened);
		// Total, three processes, two series of the machine; blocks of ten samples.
		Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(blocks(chart, session)).isEqualTo(12));
		List<StoredSeries> series = chart.reader().series(session);
		assertThat(series).extracting(StoredSeries::name)
			.containsExactly("total", "busy", "wave", "idle", "[cpu0.user]", "[memory.free]");
		assertThat(series.get(1).stats().cpu().mean()).isEqualTo(6000);
		Map<Integer, List<Bucket>> buckets = seconds(chart, session);
		assertThat(buckets.get(2)).hasSize(25).allMatch((bucket) -> bucket.cpu().mean() == 6000);
		assertThat(buckets.get(3)).extracting((bucket) -> bucket.cpu().sum())
			.containsExactlyInAnyOrderElementsOf(
					LongStream.rangeClosed(1, 25).mapToObj((number) -> 100 * (number % 10)).toList());
		assertThat(buckets.get(1)).allMatch((bucket) -> bucket.memory().sum() > 250_000);
		assertThat(buckets.get(6)).allMatch((bucket) -> bucket.memory().sum() == 4_000_000);
		assertThat(chart.reader().snapshotTimes(session)).containsExactly(this.first);
		assertThat(chart.reader().snapshot(session, this.first)).contains("tree 1");
	}

	@Test
	void aSampleHasAllProcesses() {
		SessionOpened opened = chart.open("moment");
		send(chart, opened, 1, 25);
		for (long number : List.of(3L, 24L)) {
			Map<Integer, Point> sample = chart.reader()
				.sampleAt(chart.session(opened), this.first + 1000 * (number - 1) + 200);
			assertThat(sample).as("sample %s", number).hasSize(6);
			assertThat(sample.get(3).number()).isEqualTo(number);
			assertThat(sample.get(3).user()).isEqualTo(100 * number % 1000);
		}
	}

	@Test
	void samplesThatArriveTwiceCountOnceAndWhatIsMissingIsMissing() {
		SessionOpened opened = chart.open("twice");
		send(chart, opened, 1, 5);
		LongStream.of(5, 3, 1, 5)
			.forEach((number) -> chart.connection().send(RunningChart.sample(opened, this.first, number)));
		send(chart, opened, 9, 12);
		assertThat(seconds(chart, chart.session(opened)).get(2)).hasSize(9)
			.extracting((bucket) -> (bucket.start() - this.first) / 1000)
			.containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 8L, 9L, 10L, 11L);
	}

	@Test
	@SlowTest
	void aServiceThatIsStartedAgainGoesOn(@TempDir Path other) {
		SessionOpened opened;
		try (RunningChart before = start(other)) {
			opened = before.open("restart");
			send(before, opened, 1, 25);
		}
		try (RunningChart after = start(other)) {
			SessionResumed resumed = after.connection().sendRecv(new ResumeSession(opened.key()), SessionResumed.class);
			assertThat(resumed.lastNumber()).isEqualTo(25);
			assertThat(resumed.url()).startsWith(after.origin() + "/restart/");
			send(after, opened, 26, 31);
			ChartSession session = after.session(opened);
			assertThat(seconds(after, session).get(2)).hasSize(31);
			assertThat(after.reader().series(session)).hasSize(6)
				.allSatisfy((series) -> assertThat(series.stats().cpu().count()).isEqualTo(31));
			assertThat(after.reader().snapshotTimes(session)).hasSize(2);
			Map<Integer, List<Bucket>> tens = after.reader()
				.buckets(session, List.of(2), Grid.of(this.first, this.first + 60_000, 6, 1000));
			assertThat(Bucket.merged(tens.get(2), 10_000)).extracting((bucket) -> bucket.cpu().count())
				.containsExactly(10L, 10L, 10L, 1L);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "../etc", "a/b", "<b>", "a b", ".hidden", "\u00e9" })
	void aTagThatIsNoWordIsRefused(String tag) {
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> chart.open(tag))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
			.withMessageContaining("A tag is made of letters");
	}

	@Test
	void limitsAreNamed() {
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> chart.open("a".repeat(10_000)))
			.withMessageContaining("10000")
			.withMessageContaining("topidchart.limits.tag-length is 64");
		SystemInformation system = new SystemInformation(2, "", "", "");
		assertRefused(new OpenSession("tag", 0, system, ""), "topidchart.limits.interval-seconds");
		assertRefused(new OpenSession("tag", 1, new SystemInformation(Integer.MAX_VALUE, "", "", ""), ""),
				"topidchart.limits.processors");
	}

	private static void assertRefused(OpenSession request, String limit) {
		Connection connection = chart.connection();
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> connection.sendRecv(request, SessionOpened.class))
			.withMessageContaining(limit);
	}

	@Test
	void aKeyThatWasGuessedIsNotFound() {
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> chart.connection().sendRecv(new ResumeSession("key"), SessionResumed.class))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
	}

}
