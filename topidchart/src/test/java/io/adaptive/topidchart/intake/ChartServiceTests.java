package io.adaptive.topidchart.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.adaptive.client.ConnectionListener;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.DroppedAnswer;
import io.adaptive.topidchart.RunningChart;
import io.adaptive.topidchart.SlowTest;
import io.adaptive.topidchart.TestDatabase;
import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.Grid;
import io.adaptive.topidchart.series.Point;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.Retention;
import io.adaptive.topidchart.store.SessionRepository;
import io.adaptive.topidchart.store.StoredSeries;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.PinSession;
import perf.topid.message.ChartMessages.ResumeSession;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SessionPinned;
import perf.topid.message.ChartMessages.SessionResumed;
import perf.topid.message.ChartMessages.SystemInformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The chart service as a collector sees it, in another node. A block is of ten samples.
 */
@ParameterizedClass
@EnumSource
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class ChartServiceTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@TempDir
	private static Path folder;

	private static RunningChart chart;

	@Parameter
	private TestDatabase kind;

	private final long first = System.currentTimeMillis() / 60_000 * 60_000 - 50_000;

	@BeforeParameterizedClassInvocation
	static void start(TestDatabase kind) throws IOException {
		chart = start(Files.createDirectory(folder.resolve(kind.name())), kind.properties());
	}

	private static RunningChart start(Path folder, List<String> database) {
		List<String> properties = new ArrayList<>(database);
		properties.add("topidchart.session.block-samples=10");
		return RunningChart.start(folder, properties.toArray(String[]::new));
	}

	@AfterParameterizedClassInvocation
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
	@Timeout(300)
	void aServiceThatIsStartedAgainGoesOn(@TempDir Path other) {
		List<String> database = this.kind.properties();
		SessionOpened opened;
		try (RunningChart before = start(other, database)) {
			opened = before.open("restart");
			send(before, opened, 1, 25);
		}
		try (RunningChart after = start(other, database)) {
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

	@Test
	void aSampleThatIsRefusedReachesItsSenderAndIsLoggedOnce(CapturedOutput output) {
		SessionOpened opened = chart.open("refused");
		SessionOpened wrong = new SessionOpened(opened.url(), "wrong");
		chart.connection().setReceiveTimeout(LONG);
		for (int i = 0; i < 3; i++) {
			chart.connection().send(RunningChart.sample(opened, -1_000_000, 1));
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> chart.connection().recv(Object.class))
				.withMessageContaining("times are 0 to");
			chart.connection().send(RunningChart.sample(wrong, this.first, 1));
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> chart.connection().recv(Object.class))
				.withMessageContaining("No such session");
		}
		assertThat(lines(output, "is refused, further ones are not logged: ", "times are 0 to")).isEqualTo(1);
		assertThat(lines(output, "is refused, further ones are not logged: ", "No such session"))
			.as("once for the node of all tests")
			.isLessThanOrEqualTo(1);
		send(chart, opened, 1, 3);
	}

	private static long lines(CapturedOutput output, String... parts) {
		return output.getOut().lines().filter((line) -> Stream.of(parts).allMatch(line::contains)).count();
	}

	@Test
	void aListenerHearsThatASampleIsRefused() {
		List<DroppedAnswer> heard = new CopyOnWriteArrayList<>();
		SessionOpened wrong = new SessionOpened("", "wrong");
		try (Connection shared = chart.lazy(new ConnectionListener() {

			@Override
			public void answerDropped(ConnectionInfo connection, DroppedAnswer answer) {
				heard.add(answer);
			}

		})) {
			for (long number = 1; number <= 3; number++) {
				shared.send(RunningChart.sample(wrong, this.first, number));
			}
			Awaitility.await().atMost(LONG).until(() -> !heard.isEmpty());
			assertThat(heard.get(0).error().code()).isEqualTo(ErrorCode.NOT_FOUND);
			assertThat(heard.get(0).messageType()).isEqualTo(Sample.class.getName());
		}
	}

	@Test
	void informationAboveTheMemoryOfAllSessionsIsRefused(@TempDir Path other) {
		try (RunningChart small = this.kind.start(other, "topidchart.session.memory=8MB")) {
			String text = "x".repeat(1_000_000);
			SystemInformation system = new SystemInformation(2, "", "", "");
			int opened = 0;
			try {
				while (opened < 100) {
					small.connection().sendRecv(new OpenSession("tag", 1, system, text), SessionOpened.class);
					opened++;
				}
			}
			catch (AdaptiveException ex) {
				assertThat(ex).hasMessageContaining("topidchart.session.memory").hasMessageContaining("8388608");
				assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
			}
			assertThat(opened).isEqualTo(4);
			assertThat(small.bean(SessionRepository.class).findLatest(Long.MAX_VALUE, 1000)).hasSize(4)
				.allMatch((each) -> each.machine().information().isEmpty());
			Long bytes = small.bean(JdbcTemplate.class)
				.queryForObject("select sum(stored_bytes) from chart_session", Long.class);
			assertThat(bytes).isEqualTo(4_000_000);
		}
	}

	@Test
	void aSessionThatIsPinnedStaysInRetention(@TempDir Path other) {
		try (RunningChart service = this.kind.start(other, "topidchart.session.block-samples=10",
				"topidchart.retention.size=1B", "topidchart.limits.pinned=1")) {
			SessionOpened kept = service.open("kept");
			SessionOpened lost = service.open("lost");
			send(service, kept, 1, 10);
			send(service, lost, 1, 10);
			ChartSession keptSession = service.session(kept);
			ChartSession lostSession = service.session(lost);
			Awaitility.await()
				.atMost(LONG)
				.until(() -> blocks(service, keptSession) + blocks(service, lostSession) == 12);
			assertThat(pin(service, keptSession.name(), true)).isEqualTo(new SessionPinned(kept.url(), true));
			assertThat(service.session(kept).pinned()).isTrue();
			assertThat(pin(service, keptSession.name(), true).pinned()).isTrue();
			assertThatExceptionOfType(AdaptiveException.class)
				.isThrownBy(() -> service.connection()
					.sendRecv(new PinSession("lost", lostSession.name(), true), SessionPinned.class))
				.withMessageContaining("topidchart.limits.pinned");
			assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> pin(service, "none", true))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
			service.bean(Retention.class).clean();
			assertThat(blocks(service, keptSession)).isEqualTo(6);
			assertThat(blocks(service, lostSession)).isZero();
			// A block that is stored later does not unpin.
			send(service, kept, 11, 20);
			Awaitility.await().atMost(LONG).until(() -> blocks(service, keptSession) == 12);
			service.bean(Retention.class).clean();
			assertThat(blocks(service, keptSession)).isEqualTo(12);
			assertThat(pin(service, keptSession.name(), false).pinned()).isFalse();
			service.bean(Retention.class).clean();
			assertThat(blocks(service, keptSession)).isZero();
		}
	}

	@Test
	void aSessionIsPinnedByItsWholeNameOnly() {
		String tag = "t".repeat(64);
		ChartSession session = chart.session(chart.open(tag));
		for (PinSession other : List.of(new PinSession(tag + "t", session.name(), true),
				new PinSession(tag, session.name() + "\0", true), new PinSession(tag, "", true))) {
			assertThatExceptionOfType(AdaptiveException.class)
				.isThrownBy(() -> chart.connection().sendRecv(other, SessionPinned.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
		}
		assertThat(chart.reader().find(tag, session.name())).get().matches((each) -> !each.pinned());
	}

	@Test
	void aSessionWhoseOpeningFailsIsNowhere() {
		JdbcTemplate jdbc = chart.bean(JdbcTemplate.class);
		jdbc.execute("alter table chart_session rename column stored_bytes to away");
		try {
			assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> chart.open("half"));
		}
		finally {
			jdbc.execute("alter table chart_session rename column away to stored_bytes");
		}
		assertThat(chart.reader().latest(Long.MAX_VALUE, 1000)).noneMatch((each) -> each.tag().equals("half"));
		chart.open("half");
		assertThat(chart.reader().latest(Long.MAX_VALUE, 1000)).filteredOn((each) -> each.tag().equals("half"))
			.hasSize(1);
	}

	private static SessionPinned pin(RunningChart service, String name, boolean pinned) {
		return service.connection().sendRecv(new PinSession("kept", name, pinned), SessionPinned.class);
	}

	@Test
	void anInterruptOfOneThreadClosesTheDatabaseForNoOther() throws InterruptedException {
		SessionOpened opened = chart.open("interrupted");
		send(chart, opened, 1, 25);
		JdbcTemplate jdbc = chart.bean(JdbcTemplate.class);
		AtomicInteger interrupted = new AtomicInteger();
		for (int i = 0; i < 50; i++) {
			Thread thread = new Thread(() -> {
				try {
					while (!Thread.currentThread().isInterrupted()) {
						jdbc.queryForList("select data from block");
						jdbc.update("update chart_session set pinned = pinned");
					}
				}
				catch (DataAccessException ex) {
					// What was interrupted may fail.
				}
				interrupted.incrementAndGet();
			});
			thread.start();
			TimeUnit.MILLISECONDS.sleep(10);
			thread.interrupt();
			thread.join();
		}
		assertThat(interrupted).hasValue(50);
		send(chart, opened, 26, 45);
		ChartSession session = chart.session(opened);
		Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(blocks(chart, session)).isEqualTo(24));
		assertThat(seconds(chart, session).get(2)).hasSize(45);
	}

}
