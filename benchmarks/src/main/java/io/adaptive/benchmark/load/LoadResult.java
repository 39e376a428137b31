package io.adaptive.benchmark.load;

import java.util.List;

/**
 * What a load came to.
 *
 * @param rate calls a second within the window
 * @param p50 half of the calls took no longer, in nanoseconds
 * @param p99 99 % of the calls took no longer
 * @param p999 99.9 % of the calls took no longer
 * @param allCalls how many calls were made, those outside of the window included
 * @param idleCallers how many callers got no answer within the window
 * @param besideCalls how many large messages were exchanged beside
 * @param usage what this process spent on all calls
 */
public record LoadResult(long rate, long p50, long p99, long p999, long allCalls, int idleCallers, long besideCalls,
		Usage usage) {

	/**
	 * Reads what {@link #toString} wrote.
	 * @param words the words
	 * @return the result
	 */
	public static LoadResult of(List<String> words) {
		KeyValues values = KeyValues.of(words);
		return new LoadResult(values.number("tps"), values.number("p50"), values.number("p99"), values.number("p999"),
				values.number("calls"), (int) values.number("idle"), values.number("besideCalls"), Usage.of(words));
	}

	@Override
	public String toString() {
		return "tps=%d p50=%d p99=%d p999=%d calls=%d idle=%d besideCalls=%d %s".formatted(this.rate, this.p50,
				this.p99, this.p999, this.allCalls, this.idleCallers, this.besideCalls, this.usage);
	}

}
