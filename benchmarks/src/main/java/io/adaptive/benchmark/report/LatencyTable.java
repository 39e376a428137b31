package io.adaptive.benchmark.report;

import io.adaptive.benchmark.process.Measured;

/**
 * Latencies as a table, in Markdown.
 */
public final class LatencyTable {

	private final StringBuilder text = new StringBuilder();

	/**
	 * Starts the table.
	 * @param title stands above it
	 */
	public LatencyTable(String title) {
		this.text.append("%n%s%n%n".formatted(title));
		this.text.append("| who | what | TPS | p50 us | p99 us | p99.9 us | beside/s |%n".formatted());
		this.text.append("| --- | --- | --: | --: | --: | --: | --: |%n".formatted());
	}

	/**
	 * Adds a row.
	 * @param what what was done
	 * @param one what came out
	 */
	public void add(String what, Measured one) {
		this.text.append("| %s | %s | %,d | %.1f | %.1f | %.1f | %.1f |%n".formatted(one.contestant(), what,
				one.result().rate(), one.result().p50() / 1e3, one.result().p99() / 1e3, one.result().p999() / 1e3,
				one.result().besideCalls() * 1e3 / one.load().windowMillis()));
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
