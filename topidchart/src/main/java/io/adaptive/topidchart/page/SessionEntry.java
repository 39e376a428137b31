package io.adaptive.topidchart.page;

import io.adaptive.topidchart.store.ChartSession;

/**
 * A session in the list of all.
 *
 * @param tag the first part of its address
 * @param name the second part
 * @param opened when it was opened, in milliseconds since 1970
 * @param lastMillis when its last sample was taken, zero for none
 * @param samples the number of its last sample
 * @param live whether it has not ended
 * @param pinned whether it is kept regardless of age and size
 */
record SessionEntry(String tag, String name, long opened, long lastMillis, long samples, boolean live, boolean pinned) {

	static SessionEntry of(ChartSession session) {
		return new SessionEntry(session.tag(), session.name(), session.opened(), session.progress().lastMillis(),
				session.progress().lastNumber(), !session.ended(), session.pinned());
	}

}
