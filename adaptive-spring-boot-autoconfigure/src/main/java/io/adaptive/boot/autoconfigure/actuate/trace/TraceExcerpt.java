package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.TraceToken;
import io.adaptive.trace.MessageTrace;

/**
 * The first traces of a result, which limits the size of a response.
 * 
 * @param shown the complete traces in the response
 * @param leftOut the number of further traces
 */
record TraceExcerpt(List<MessageTrace> shown, int leftOut) {

	/** The maximum number of records of all traces together. */
	static final int MOST_RECORDS = 10_000;

	static TraceExcerpt of(List<MessageTrace> all) {
		return of(all, MOST_RECORDS);
	}

	static TraceExcerpt of(List<MessageTrace> all, int most) {
		int shown = 0;
		long records = 0;
		while (shown < all.size() && (shown == 0 || records + size(all.get(shown)) <= most)) {
			records += size(all.get(shown));
			shown++;
		}
		return new TraceExcerpt(List.copyOf(all.subList(0, shown)), all.size() - shown);
	}

	/**
	 * A trace of which nothing was kept is something to tell as well.
	 */
	private static int size(MessageTrace trace) {
		return Math.max(1, trace.records().size());
	}

	/**
	 * Returns tokens that select exactly the traces shown.
	 * @return the smallest list of tokens
	 */
	List<String> tokens() {
		List<String> tokens = new ArrayList<>();
		int first = 0;
		for (int i = 1; i <= this.shown.size(); i++) {
			if (i == this.shown.size() || !follows(token(i), token(i - 1))) {
				tokens.add((first == i - 1) ? token(first).toString() : token(first) + ".." + token(i - 1).sequence());
				first = i;
			}
		}
		return tokens;
	}

	private TraceToken token(int index) {
		return this.shown.get(index).token();
	}

	private static boolean follows(TraceToken token, TraceToken previous) {
		return token.id().equals(previous.id()) && token.sequence() == previous.sequence() + 1;
	}

}
