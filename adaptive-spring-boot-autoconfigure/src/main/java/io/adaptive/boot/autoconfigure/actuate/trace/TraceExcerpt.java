package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.TraceToken;
import io.adaptive.trace.MessageTrace;

/**
 * The first of some traces, so that an answer stays of a size that can be read.
 *
 * @param shown those that are answered, whole ones
 * @param leftOut how many are not
 */
record TraceExcerpt(List<MessageTrace> shown, int leftOut) {

	/** Of all traces together; one trace alone has not more. */
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
	 * Returns tokens that select what is shown and nothing else.
	 * @return as few as possible
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
