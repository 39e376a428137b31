package io.adaptive.topidchart.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.adaptive.topidchart.TestDatabase;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.series.SeriesStats;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Retention}, and for the migration of a database of the first version.
 */
@ParameterizedClass
@EnumSource
class RetentionTests {

	private static final long DAY = 86_400_000;

	private static final long NOW = 1_796_000_000_000L;

	@Parameter
	private TestDatabase kind;

	private SingleConnectionDataSource database;

	private JdbcTemplate jdbc;

	private BlockStore store;

	@BeforeEach
	void start() {
		start("latest");
	}

	private void start(String version) {
		this.database = this.kind.fresh();
		this.jdbc = new JdbcTemplate(this.database);
		this.store = new BlockStore(this.jdbc);
		migrate(version);
	}

	@AfterEach
	void stop() {
		this.database.destroy();
	}

	private void migrate(String version) {
		Flyway.configure().dataSource(this.database).target(version).load().migrate();
	}

	private void clean(long days, long kilobytes) {
		Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
		new Retention(this.jdbc, new RetentionProperties(Duration.ofDays(days), DataSize.ofKilobytes(kilobytes)), clock)
			.clean();
	}

	/** Makes a session with a block of a kilobyte for each of some days. */
	private void session(long id, boolean ended, boolean pinned, long firstDaysAgo, long lastDaysAgo) {
		insert(id, pinned, NOW - firstDaysAgo * DAY);
		for (long day = firstDaysAgo; day >= lastDaysAgo; day--) {
			long millis = NOW - day * DAY;
			this.store.save(new ClosedBlock(id, new Progress(0, firstDaysAgo - day + 1, millis, 0),
					List.of(new StoredSeries(1, SeriesKey.TOTAL, "total", SeriesStats.begin(millis))),
					List.of(new StoredBlock(1, 0, millis, millis + 1000, new byte[1000])),
					List.of(new Snapshot(millis, "tree of 24 characters...")), ended && day == lastDaysAgo));
		}
	}

	private void insert(long id, boolean pinned, long opened) {
		this.jdbc.update("insert into chart_session (id, tag, name, key_hash, opened, interval_seconds, processors, "
				+ "processor, kernel, limits, information, clock_offset, last_number, last_millis, dropped, ended, "
				+ "pinned) values (?, 'tag', ?, ?, ?, 1, 1, '', '', '', '', 0, 0, 0, 0, false, ?)", id, "name" + id,
				"hash" + id, opened, pinned);
	}

	private List<Long> sessions() {
		return this.jdbc.queryForList("select id from chart_session order by id", Long.class);
	}

	private List<Long> daysOf(long session) {
		return this.jdbc
			.queryForList("select from_millis from block where session_id = ? order by 1", Long.class, session)
			.stream()
			.map((millis) -> (NOW - millis) / DAY)
			.toList();
	}

	@Test
	void whatIsTooOldIsDeletedUnlessPinned() {
		session(1, true, false, 50, 40);
		session(2, true, true, 50, 40);
		session(3, true, false, 35, 28);
		session(4, false, false, 40, 0);
		clean(30, 1_000_000);
		assertThat(sessions()).containsExactly(2L, 3L, 4L);
		assertThat(daysOf(2)).hasSize(11);
		assertThat(daysOf(3)).containsExactly(30L, 29L, 28L);
		assertThat(daysOf(4)).first().isEqualTo(30L);
		assertThat(this.store.snapshotTimes(4)).hasSize(31);
		assertThat(this.store.series(1)).isEmpty();
	}

	@Test
	void theOldestSessionGoesFirstUnlessPinned() {
		session(1, true, true, 20, 11);
		session(2, true, false, 15, 6);
		session(3, true, false, 10, 1);
		clean(30, 15);
		assertThat(sessions()).containsExactly(1L, 3L);
		clean(30, 1);
		assertThat(sessions()).containsExactly(1L);
	}

	@Test
	void aPinnedSessionAboveTheLimitDeletesNoOther() {
		session(1, true, true, 50, 11);
		session(2, true, false, 10, 1);
		session(3, false, false, 10, 1);
		clean(30, 25);
		assertThat(sessions()).containsExactly(1L, 2L, 3L);
		assertThat(daysOf(1)).hasSize(40);
		assertThat(daysOf(3)).hasSize(10);
	}

	@Test
	void aSessionThatNeverEndsLosesItsOldestPart() {
		session(1, false, false, 20, 1);
		clean(30, 15);
		assertThat(daysOf(1)).isEqualTo(List.of(14L, 13L, 12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L));
	}

	@Test
	void rowsOfBucketsStayWhileAPartOfThemIsLater() {
		session(1, false, false, 20, 1);
		bucketRow(1, 60_000, 35, 31);
		bucketRow(1, 600_000, 40, 12);
		clean(30, 1_000_000);
		assertThat(bucketRows(1)).containsExactly(600_000L);
		clean(30, 16);
		assertThat(bucketRows(1)).containsExactly(600_000L);
		assertThat(pointDaysOf(1)).containsExactly(14L, 13L, 12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
		clean(30, 12);
		assertThat(bucketRows(1)).isEmpty();
	}

	private void bucketRow(long session, long millis, long firstDaysAgo, long lastDaysAgo) {
		this.jdbc.update(
				"insert into block (session_id, series_id, resolution, from_millis, to_millis, last_number, "
						+ "data) values (?, 1, ?, ?, ?, 1, ?)",
				session, millis, NOW - firstDaysAgo * DAY, NOW - lastDaysAgo * DAY, new byte[1000]);
		this.jdbc.update("update chart_session set stored_bytes = stored_bytes + 1000, opened = ? where id = ?",
				NOW - 50 * DAY, session);
	}

	private List<Long> bucketRows(long session) {
		return this.jdbc.queryForList("select resolution from block where session_id = ? and resolution > 0",
				Long.class, session);
	}

	private List<Long> pointDaysOf(long session) {
		return this.jdbc
			.queryForList("select from_millis from block where session_id = ? and resolution = 0 order by 1",
					Long.class, session)
			.stream()
			.map((millis) -> (NOW - millis) / DAY)
			.toList();
	}

	@Test
	void aDatabaseOfTheFirstVersionIsMigrated() {
		stop();
		start("1");
		insert(1, false, NOW);
		this.jdbc
			.update("insert into block (session_id, series_id, resolution, from_millis, to_millis, last_number, data) "
					+ "values (1, 1, 0, 1, 2, 3, ?)", new byte[700]);
		this.jdbc.update("insert into snapshot (session_id, millis, text) values (1, 5, 'tree')");
		this.jdbc.update("update chart_session set information = 'twenty characters...'");
		migrate("latest");
		assertThat(this.jdbc.queryForObject("select stored_bytes from chart_session", Long.class)).isEqualTo(724);
	}

	@Test
	void textsOfSessionsAreCounted() {
		session(1, true, false, 20, 11);
		this.jdbc.update("update chart_session set information = ? where id = 1", "x".repeat(30_000));
		ChartSession counted = new ChartSession(1L, "tag", "name1", "hash1", 0, 1, new Machine(1, "", "", "", ""),
				Progress.none(), false, false);
		this.store.count(counted);
		assertThat(this.jdbc.queryForObject("select stored_bytes from chart_session", Long.class)).isEqualTo(30_000);
		session(2, true, false, 10, 1);
		clean(30, 25);
		assertThat(sessions()).containsExactly(2L);
	}

}
