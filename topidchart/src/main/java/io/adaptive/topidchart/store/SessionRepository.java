package io.adaptive.topidchart.store;

import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/**
 * The sessions of the database.
 */
public interface SessionRepository extends ListCrudRepository<ChartSession, Long> {

	/**
	 * Returns the sessions that samples may still arrive for.
	 */
	List<ChartSession> findByEndedFalse();

	/**
	 * Returns the latest sessions that were opened before a moment, the latest first,
	 * without their information, which may be long.
	 * @param before the moment, in milliseconds since 1970
	 * @param most how many at most
	 */
	@Query("select id, tag, name, key_hash, opened, interval_seconds, processors, processor, kernel, limits, "
			+ "'' as information, clock_offset, last_number, last_millis, dropped, ended, pinned from chart_session "
			+ "where opened < :before order by opened desc fetch first :most rows only")
	List<ChartSession> findLatest(long before, int most);

	/**
	 * Returns the session of a page.
	 */
	Optional<ChartSession> findByTagAndName(String tag, String name);

	/**
	 * Returns how many sessions are pinned.
	 */
	long countByPinnedTrue();

}
