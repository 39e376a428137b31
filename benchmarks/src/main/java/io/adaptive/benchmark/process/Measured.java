package io.adaptive.benchmark.process;

import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.load.LoadResult;
import io.adaptive.benchmark.load.Usage;

/**
 * One measurement of one contestant.
 *
 * @param contestant who
 * @param load what it had to do
 * @param result what it came to at the client
 * @param serverUsage what the server spent
 */
public record Measured(String contestant, Load load, LoadResult result, Usage serverUsage) {

	/**
	 * Returns processor time of both processes.
	 * @return microseconds for each call
	 */
	public double cpuMicros() {
		return (this.result.usage().cpuNanos() + this.serverUsage.cpuNanos()) / 1e3 / calls();
	}

	/**
	 * Returns what the client allocated.
	 * @return bytes for each call
	 */
	public long clientAllocation() {
		return this.result.usage().allocated() / calls();
	}

	/**
	 * Returns what the server allocated.
	 * @return bytes for each call, 0 where both share a process
	 */
	public long serverAllocation() {
		return this.serverUsage.allocated() / calls();
	}

	private long calls() {
		return Math.max(1, this.result.allCalls());
	}

}
