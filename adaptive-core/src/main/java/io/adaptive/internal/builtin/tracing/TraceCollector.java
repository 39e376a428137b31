package io.adaptive.internal.builtin.tracing;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.adaptive.message.TraceToken;
import io.adaptive.trace.TraceRecord;
import io.adaptive.trace.TraceSelection;

/**
 * Collector of trace records, within limits: when it is full, the least recently used
 * conversations are removed. Safe for use by many threads; each call holds the lock for a
 * short time only.
 */
final class TraceCollector {

	static final int MAX_SESSIONS = 4096;

	static final int MAX_RECORDS = 1000;

	/** Maximum number of characters of all records together. */
	static final long MAX_CHARACTERS = 16L * 1024 * 1024;

	/**
	 * Memory of a record besides its texts, with its place in a session, in characters.
	 */
	private static final int RECORD_CHARACTERS = 400;

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
	 * Returns the selected traces, the least recently used first.
	 */
	synchronized List<TraceToken> find(TraceSelection selection) {
		return this.sessions.keySet().stream().filter(selection::contains).toList();
	}

	/**
	 * Returns a copy of the records of a trace. It copies one trace at a time, so that
	 * recording threads do not wait for long.
	 * @return the trace, empty if it was removed in the meantime
	 */
	synchronized Optional<CollectedTrace> read(TraceToken token) {
		return Optional.ofNullable(this.sessions.get(token))
			.map((session) -> new CollectedTrace(token, List.copyOf(session.records), session.leftOut));
	}

	/**
	 * Removes the records that were read of a trace, but not later ones.
	 */
	synchronized void clear(CollectedTrace read) {
		Session session = this.sessions.get(read.token());
		if (session != null) {
			this.characters -= session.remove(read);
			if (session.isEmpty()) {
				this.sessions.remove(read.token());
			}
		}
	}

	synchronized int sessions() {
		return this.sessions.size();
	}

	synchronized long evicted() {
		return this.evicted;
	}

	private static final class Session {

		/** A set, since a record is sent again if its arrival is not confirmed. */
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
			int added = charactersOf(record);
			this.characters += added;
			return added;
		}

		private int remove(CollectedTrace read) {
			int removed = read.records().stream().filter(this.records::remove).mapToInt(Session::charactersOf).sum();
			this.characters -= removed;
			this.leftOut = Math.max(0, this.leftOut - read.leftOut());
			return removed;
		}

		private boolean isEmpty() {
			return this.records.isEmpty() && this.leftOut == 0;
		}

		private static int charactersOf(TraceRecord record) {
			return RECORD_CHARACTERS + record.text().length() + record.connection().length()
					+ record.messageType().length() + record.service().length() + record.provider().length()
					+ record.program().length() + record.peer().length();
		}

	}

}
