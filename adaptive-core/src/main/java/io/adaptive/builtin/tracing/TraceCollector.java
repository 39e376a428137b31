package io.adaptive.builtin.tracing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.TraceToken;
import io.adaptive.trace.TraceRecord;
import io.adaptive.trace.TraceSelection;

/**
 * Keeps what is recorded, within limits: the conversations that have not been touched for
 * the longest time go first. Safe for use by many threads, none of which waits longer
 * than it takes to put a record away.
 */
final class TraceCollector {

	static final int MAX_SESSIONS = 4096;

	static final int MAX_RECORDS = 1000;

	/** Of all records together. */
	static final long MAX_CHARACTERS = 16L * 1024 * 1024;

	/** What a record takes besides its texts, roughly. */
	private static final int RECORD_CHARACTERS = 100;

	private final Map<TraceToken, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

	private long characters;

	private long evicted;

	synchronized void add(TraceRecord record) {
		Session session = this.sessions.computeIfAbsent(record.token(), (token) -> new Session());
		int added = session.add(record);
		this.characters += added;
		Iterator<Session> oldest = this.sessions.values().iterator();
		while (this.sessions.size() > MAX_SESSIONS || (this.characters > MAX_CHARACTERS && this.sessions.size() > 1)) {
			this.characters -= oldest.next().characters;
			oldest.remove();
			this.evicted++;
		}
	}

	/**
	 * Returns what is selected, the oldest first.
	 * @param keep whether it stays here
	 */
	synchronized List<CollectedTrace> read(TraceSelection selection, boolean keep) {
		List<CollectedTrace> read = new ArrayList<>();
		Iterator<Map.Entry<TraceToken, Session>> all = this.sessions.entrySet().iterator();
		while (all.hasNext()) {
			Map.Entry<TraceToken, Session> each = all.next();
			if (selection.contains(each.getKey())) {
				Session session = each.getValue();
				read.add(new CollectedTrace(each.getKey(), List.copyOf(session.records), session.leftOut));
				if (!keep) {
					this.characters -= session.characters;
					all.remove();
				}
			}
		}
		return read;
	}

	synchronized int sessions() {
		return this.sessions.size();
	}

	synchronized long evicted() {
		return this.evicted;
	}

	private static final class Session {

		/** A record that is sent again, because its arrival is not known, is one. */
		private final Set<TraceRecord> records = new LinkedHashSet<>();

		private long leftOut;

		private int characters;

		private int add(TraceRecord record) {
			if (this.records.size() >= MAX_RECORDS) {
				this.leftOut += this.records.contains(record) ? 0 : 1;
				return 0;
			}
			if (!this.records.add(record)) {
				return 0;
			}
			int added = RECORD_CHARACTERS + record.text().length() + record.connection().length()
					+ record.messageType().length() + record.service().length() + record.program().length()
					+ record.peer().length();
			this.characters += added;
			return added;
		}

	}

}
