package io.adaptive.topidchart.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.adaptive.topidchart.PostgresServer;
import io.adaptive.topidchart.RunningChart;
import io.adaptive.topidchart.SlowTest;
import io.adaptive.topidchart.TestDatabase;
import io.adaptive.topidchart.store.ChartSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import perf.topid.message.ChartMessages.SessionOpened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Faults of a PostgreSQL server that a database in a file does not have.
 */
class PostgresFaultTests {

	/** Ten times the time that an answer of the server may take. */
	private static final Duration LONG = Duration.ofSeconds(200);

	@Test
	@Timeout(120)
	void aBlockWaitsForARightThatWasRevoked(@TempDir Path folder) throws Exception {
		try (SessionFixture fixture = new SessionFixture(TestDatabase.POSTGRESQL,
				SessionFixture.properties(folder, 1))) {
			BlockWriter writer = new BlockWriter(fixture.store(), fixture.properties());
			JdbcTemplate jdbc = fixture.jdbc();
			LiveSession session = fixture.session(1);
			jdbc.execute("create role writer; grant all on all tables in schema public to writer; "
					+ "revoke insert on block from writer; set role writer");
			try {
				writer.put(SessionFixture.accept(session, SessionFixture.sample(1, "name")).get(0));
				await().atMost(Duration.ofSeconds(30)).until(writer::isAway);
				jdbc.execute("reset role; grant insert on block to writer; set role writer");
				await().atMost(Duration.ofSeconds(30)).until(() -> fixture.stored(1) == 1);
			}
			finally {
				writer.destroy();
				jdbc.execute("reset role; drop owned by writer; drop role writer");
			}
		}
	}

	@Test
	@SlowTest
	@Timeout(600)
	void aServerThatIsFrozenIsAwayAndNothingIsLost(@TempDir Path folder) throws Exception {
		try (RunningChart chart = TestDatabase.POSTGRESQL.start(folder, "topidchart.session.block-samples=5")) {
			SessionOpened opened = chart.open("frozen");
			ChartSession session = chart.session(opened);
			long first = System.currentTimeMillis() / 1000 * 1000 - 100_000;
			send(chart, opened, first, 1, 5);
			await().atMost(LONG).until(() -> stored(chart, session) == 1);
			long frozen = System.nanoTime();
			PostgresServer.running().freeze();
			try {
				send(chart, opened, first, 6, 10);
				await().atMost(LONG).until(() -> chart.reader().isDatabaseAway());
				System.out.printf("away after %s ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - frozen));
				assertThat(chart.reader().latest(Long.MAX_VALUE, 1000)).extracting(ChartSession::name)
					.contains(session.name());
				send(chart, opened, first, 11, 15);
				await().atMost(LONG).until(() -> chart.session(opened).progress().lastNumber() == 15);
			}
			finally {
				PostgresServer.running().thaw();
			}
			// The first connections are those from before.
			await().atMost(LONG)
				.ignoreExceptionsInstanceOf(DataAccessException.class)
				.until(() -> stored(chart, session) == 3);
			assertThat(chart.session(opened).ended()).isFalse();
		}
	}

	private static void send(RunningChart chart, SessionOpened opened, long first, long from, long to) {
		LongStream.rangeClosed(from, to)
			.forEach((number) -> chart.connection().send(RunningChart.sample(opened, first, number)));
	}

	private static int stored(RunningChart chart, ChartSession session) {
		List<Integer> rows = chart.bean(JdbcTemplate.class)
			.queryForList("select count(*) from block where resolution = 0 and series_id = 2 and session_id = ?",
					Integer.class, session.storedId());
		return rows.get(0);
	}

}
