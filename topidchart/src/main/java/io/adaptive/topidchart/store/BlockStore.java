package io.adaptive.topidchart.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.adaptive.topidchart.series.CoarseSeries;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The blocks of the database.
 */
@Repository
public class BlockStore {

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	private final SeriesTable series;

	BlockStore(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
		this.series = new SeriesTable(jdbc);
	}

	/**
	 * Stores a block, unless it is stored already.
	 * @throws org.springframework.dao.DataAccessException if the database cannot
	 */
	@Transactional
	public void save(ClosedBlock block) {
		Progress progress = block.progress();
		List<Long> stored = this.client.sql("select last_number from chart_session where id = ? and ended = false")
			.param(block.sessionId())
			.query(Long.class)
			.list();
		if (stored.isEmpty() || (stored.get(0) >= progress.lastNumber() && !block.ended())) {
			return;
		}
		// The last block has no samples, perhaps; it is told from the one before.
		long lastNumber = progress.lastNumber() + (block.ended() ? 1 : 0);
		this.series.save(block.sessionId(), block.series());
		this.jdbc.batchUpdate(
				"insert into block (session_id, series_id, resolution, from_millis, to_millis, last_number, data) "
						+ "values (?, ?, ?, ?, ?, ?, ?)",
				block.blocks()
					.stream()
					.map((each) -> new Object[] { block.sessionId(), each.seriesId(), each.resolution(), each.from(),
							each.to(), lastNumber, each.data() })
					.toList());
		this.jdbc.batchUpdate("insert into snapshot (session_id, millis, text) values (?, ?, ?)",
				block.snapshots()
					.stream()
					.map((each) -> new Object[] { block.sessionId(), each.millis(), each.text() })
					.toList());
		this.jdbc.update(
				"update chart_session set clock_offset = ?, last_number = ?, last_millis = ?, dropped = ?, ended = ?, "
						+ "stored_bytes = stored_bytes + ? " + "where id = ?",
				progress.clockOffset(), progress.lastNumber(), progress.lastMillis(), progress.dropped(), block.ended(),
				bytes(block), block.sessionId());
	}

	/**
	 * Counts the texts of a session that is new, for retention.
	 */
	public void count(ChartSession session) {
		this.jdbc.update("update chart_session set stored_bytes = char_length(information) where id = ?",
				session.storedId());
	}

	/**
	 * Sets whether a session is kept regardless of age and size. Nothing else of it is
	 * changed, since a block may be stored at the same time.
	 */
	public void pin(long sessionId, boolean pinned) {
		this.jdbc.update("update chart_session set pinned = ? where id = ?", pinned, sessionId);
	}

	private static long bytes(ClosedBlock block) {
		return block.blocks().stream().mapToLong((each) -> each.data().length).sum()
				+ block.snapshots().stream().mapToLong((each) -> each.text().length()).sum();
	}

	/**
	 * Returns the series of a session, in the order of their numbers.
	 */
	public List<StoredSeries> series(long sessionId) {
		return this.series.of(sessionId);
	}

	/**
	 * Returns blocks of some series that have a part of a span.
	 * @param seriesIds the numbers of the series
	 */
	public List<StoredBlock> blocks(long sessionId, List<Integer> seriesIds, Part part) {
		if (seriesIds.isEmpty()) {
			return List.of();
		}
		Map<String, Object> wanted = Map.of("session", sessionId, "series", seriesIds, "resolution", part.resolution(),
				"from", part.from(), "to", part.to(), "last", part.lastNumber(), "low",
				firstBegin(sessionId, seriesIds, part));
		return this.client
			.sql("select series_id, resolution, from_millis, to_millis, data from block where session_id = :session "
					+ "and series_id in (:series) and resolution = :resolution and from_millis >= :low "
					+ "and from_millis <= :to and to_millis >= :from and last_number <= :last order by from_millis")
			.params(wanted)
			.query(BlockStore::block)
			.list();
	}

	/**
	 * Returns when the first row begins that has a part of a span, from the index alone:
	 * without it all rows before the span are read. Two rows of a series have one bucket
	 * in common at most.
	 */
	private long firstBegin(long sessionId, List<Integer> seriesIds, Part part) {
		return this.client
			.sql("select max(from_millis) from block where session_id = :session and series_id in (:series) "
					+ "and resolution = :resolution and from_millis <= :from group by series_id")
			.params(Map.of("session", sessionId, "series", seriesIds, "resolution", part.resolution(), "from",
					part.from() - part.resolution()))
			.query(Long.class)
			.list()
			.stream()
			.mapToLong(Long::longValue)
			.min()
			.orElse(Long.MIN_VALUE);
	}

	/**
	 * Returns the last points of a series up to a moment, and the first ones from it.
	 */
	public List<StoredBlock> pointsAround(long sessionId, int seriesId, long millis) {
		List<StoredBlock> blocks = new ArrayList<>();
		for (String side : List.of("from_millis <= ? order by from_millis desc",
				"from_millis > ? order by from_millis")) {
			blocks.addAll(this.client
				.sql("select series_id, resolution, from_millis, to_millis, data from block where session_id = ? "
						+ "and series_id = ? and resolution = 0 and " + side + " fetch first row only")
				.params(sessionId, seriesId, millis)
				.query(BlockStore::block)
				.list());
		}
		return blocks;
	}

	/**
	 * Returns the blocks that are in no row of the next resolution yet, the oldest first.
	 * @param resolution zero for points, else the length of a bucket
	 */
	public List<StoredBlock> notCoarser(long sessionId, long resolution) {
		long coarser = CoarseSeries.lengthAfter(resolution);
		return this.client
			.sql("select series_id, resolution, from_millis, to_millis, data from block b where session_id = :session "
					+ "and resolution = :resolution and last_number > coalesce((select max(c.last_number) from block c "
					+ "where c.session_id = b.session_id and c.series_id = b.series_id and c.resolution = :coarser), 0) "
					+ "order by from_millis")
			.params(Map.of("session", sessionId, "resolution", resolution, "coarser", coarser))
			.query(BlockStore::block)
			.list();
	}

	private static StoredBlock block(ResultSet row, int number) throws SQLException {
		return new StoredBlock(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getBytes(5));
	}

	/**
	 * Returns when snapshots were taken, in the order of time.
	 */
	public List<Long> snapshotTimes(long sessionId) {
		return this.client.sql("select millis from snapshot where session_id = ? order by millis")
			.param(sessionId)
			.query(Long.class)
			.list();
	}

	/**
	 * Returns the text of a snapshot, none if there is none at that time.
	 */
	public List<String> snapshot(long sessionId, long millis) {
		return this.client.sql("select text from snapshot where session_id = ? and millis = ?")
			.params(sessionId, millis)
			.query(String.class)
			.list();
	}

	/**
	 * Which rows are wanted.
	 *
	 * @param resolution zero for points, else the length of a bucket
	 * @param from the begin of a span, in milliseconds since 1970
	 * @param to its end
	 * @param lastNumber only rows that were made up to this sample
	 */
	public record Part(long resolution, long from, long to, long lastNumber) {

	}

}
