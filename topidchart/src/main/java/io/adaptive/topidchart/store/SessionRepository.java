package io.adaptive.topidchart.store;

import java.util.List;
import java.util.Optional;

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
	 * Returns all sessions, the latest first.
	 */
	List<ChartSession> findAllByOrderByOpenedDesc();

	/**
	 * Returns the session of a page.
	 */
	Optional<ChartSession> findByTagAndName(String tag, String name);

}
