package io.adaptive.topidchart.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.topidchart.series.Range;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.series.SeriesStats;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The series of sessions in the database. A row of a series is changed with each block,
 * so that a page needs no block to rank the series.
 */
class SeriesTable {

	private final JdbcTemplate jdbc;

	SeriesTable(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	void save(long sessionId, List<StoredSeries> series) {
		int[] changed = this.jdbc.batchUpdate(
				"update series set name = ?, last_millis = ?, samples = ?, cpu_sum = ?, cpu_greatest = ?, "
						+ "memory_samples = ?, memory_sum = ?, memory_greatest = ? where session_id = ? and id = ?",
				series.stream().map((each) -> changes(sessionId, each)).toList());
		List<Object[]> added = new ArrayList<>();
		for (int i = 0; i < changed.length; i++) {
			if (changed[i] == 0) {
				added.add(row(sessionId, series.get(i)));
			}
		}
		this.jdbc.batchUpdate("insert into series (name, last_millis, samples, cpu_sum, cpu_greatest, memory_samples, "
				+ "memory_sum, memory_greatest, session_id, id, pid, start_ticks, label, first_millis) "
				+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", added);
	}

	private static Object[] changes(long sessionId, StoredSeries series) {
		SeriesStats stats = series.stats();
		return new Object[] { series.name(), stats.lastMillis(), stats.cpu().count(), stats.cpu().sum(),
				stats.cpu().greatest(), stats.memory().count(), stats.memory().sum(), stats.memory().greatest(),
				sessionId, series.id() };
	}

	private static Object[] row(long sessionId, StoredSeries series) {
		List<Object> row = new ArrayList<>(List.of(changes(sessionId, series)));
		SeriesKey key = series.key();
		row.addAll(List.of(key.pid(), key.start(), key.label(), series.stats().firstMillis()));
		return row.toArray();
	}

	List<StoredSeries> of(long sessionId) {
		return this.jdbc.query("select id, pid, start_ticks, label, name, first_millis, last_millis, samples, cpu_sum, "
				+ "cpu_greatest, memory_samples, memory_sum, memory_greatest from series where session_id = ? order by id",
				SeriesTable::series, sessionId);
	}

	private static StoredSeries series(ResultSet row, int number) throws SQLException {
		SeriesKey key = new SeriesKey(row.getInt(2), row.getLong(3), row.getString(4));
		SeriesStats stats = new SeriesStats(row.getLong(6), row.getLong(7),
				new Range(row.getLong(8), row.getLong(9), 0, row.getLong(10)),
				new Range(row.getLong(11), row.getLong(12), 0, row.getLong(13)));
		return new StoredSeries(row.getInt(1), key, row.getString(5), stats);
	}

}
