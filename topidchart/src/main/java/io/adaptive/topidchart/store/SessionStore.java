package io.adaptive.topidchart.store;

import java.util.function.Function;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds sessions to the database.
 */
@Component
public class SessionStore {

	private final SessionRepository repository;

	private final BlockStore blocks;

	SessionStore(SessionRepository repository, BlockStore blocks) {
		this.repository = repository;
		this.blocks = blocks;
	}

	/**
	 * Stores a session that is new, with the size of its texts, in one transaction with
	 * what begins with it: if that fails, there is no session.
	 * @param session the session, without an id
	 * @param begin gets it with its id
	 * @return what {@code begin} returns
	 */
	@Transactional
	public <T> T open(ChartSession session, Function<ChartSession, T> begin) {
		ChartSession stored = this.repository.save(session);
		this.blocks.count(stored);
		return begin.apply(stored);
	}

}
