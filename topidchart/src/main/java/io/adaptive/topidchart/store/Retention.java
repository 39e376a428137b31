package io.adaptive.topidchart.store;

import java.time.Clock;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes what is too old or too much. The size is that of the data, not of the file,
 * which a database compacts when it likes.
 */
@Component
public class Retention {

	private static final Logger logger = LoggerFactory.getLogger(Retention.class);

	private static final long EACH_MINUTE = 60_000;

	/** One run deletes no more parts, so that it ends. */
	private static final int MAX_PARTS = 1000;

	private static final int TENTH = 10;

	private final JdbcTemplate jdbc;

	private final RetentionProperties properties;

	private final Clock clock;

	Retention(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
		this.jdbc = jdbc;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Deletes what is too old, and then, while there is too much, the oldest.
	 */
	@Scheduled(initialDelay = EACH_MINUTE, fixedDelay = EACH_MINUTE)
	public void clean() {
		long limit = this.clock.millis() - this.properties.age().toMillis();
		int sessions = this.jdbc.update("delete from chart_session where ended = true and pinned = false "
				+ "and opened < ? and last_millis < ?", limit, limit);
		this.jdbc.queryForList("select id from chart_session where pinned = false and opened < ?", Long.class, limit)
			.forEach((session) -> deleteBefore(session, limit));
		int parts = 0;
		while (storedBytes() > this.properties.size().toBytes() && parts < MAX_PARTS && deleteOldest()) {
			parts++;
		}
		if (sessions > 0 || parts > 0) {
			logger.info("Deleted {} sessions older than {} and {} parts above {}", sessions, this.properties.age(),
					parts, this.properties.size());
		}
	}

	/** Pinned sessions stay whatever is deleted, and count for nothing. */
	private long storedBytes() {
		Long bytes = this.jdbc.queryForObject(
				"select coalesce(sum(stored_bytes), 0) from chart_session where pinned = false", Long.class);
		return (bytes == null) ? 0 : bytes;
	}

	private boolean deleteOldest() {
		List<Long> ended = this.jdbc.queryForList("select id from chart_session where ended = true and pinned = false "
				+ "order by opened fetch first row only", Long.class);
		if (!ended.isEmpty()) {
			return this.jdbc.update("delete from chart_session where id = ?", ended.get(0)) > 0;
		}
		List<Long> live = this.jdbc.queryForList("select id from chart_session where pinned = false "
				+ "order by stored_bytes - char_length(information) desc fetch first row only", Long.class);
		return !live.isEmpty() && deleteTenth(live.get(0));
	}

	private boolean deleteTenth(long session) {
		// The rows of the longest buckets begin long before the points.
		Long first = this.jdbc.queryForObject("select coalesce(min(case when resolution = 0 then from_millis end), "
				+ "min(to_millis)) from block where session_id = ?", Long.class, session);
		Long last = this.jdbc.queryForObject("select max(to_millis) from block where session_id = ?", Long.class,
				session);
		return first != null && last != null && deleteBefore(session, first + (last - first) / TENTH + 1);
	}

	/** A row of buckets may last for days, and stays while a part of it is later. */
	private boolean deleteBefore(long session, long millis) {
		int rows = this.jdbc
			.update("delete from block where session_id = ? "
					+ "and (to_millis < ? or (resolution = 0 and from_millis < ?))", session, millis, millis)
				+ this.jdbc.update("delete from snapshot where session_id = ? and millis < ?", session, millis);
		if (rows > 0) {
			this.jdbc.update("update chart_session set stored_bytes = "
					+ "(select coalesce(sum(octet_length(data)), 0) from block where session_id = ?) + "
					+ "(select coalesce(sum(char_length(text)), 0) from snapshot where session_id = ?) + "
					+ "char_length(information) where id = ?", session, session, session);
		}
		return rows > 0;
	}

}
