package io.adaptive.network;

import io.adaptive.network.lab.Event;
import io.adaptive.network.lab.Program;

/**
 * What became of a client's calls during a case.
 *
 * @param rate how many there were in a second
 * @param answered how many were answered
 * @param notSent how many failed without leaving the client
 * @param notProcessed how many failed without reaching a handler
 * @param unknown how many failed that may have reached one
 * @param other how many failed in a way that does not say
 * @param slowestMillis how long the slowest answered call took
 * @param gapMillis the longest time without any answer
 */
record Calls(int rate, long answered, long notSent, long notProcessed, long unknown, long other, long slowestMillis,
		long gapMillis) {

	/**
	 * Stops a client, lets its last calls end, and takes its counts.
	 */
	static Calls end(Program client, int rate) {
		client.ask("rate 0", "calling");
		client.ask("settle", "settled");
		return take(client, rate);
	}

	/**
	 * Takes the counts since they were taken last, while the client goes on.
	 */
	static Calls take(Program client, int rate) {
		Event summary = client.ask("summary", "summary");
		return new Calls(rate, summary.number("answered"), summary.number("notSent"), summary.number("notProcessed"),
				summary.number("unknown"), summary.number("other"), summary.number("slowest"), summary.number("gap"));
	}

	long failed() {
		return this.notSent + this.notProcessed + this.unknown + this.other;
	}

	long total() {
		return this.answered + failed();
	}

	String failedByClass() {
		return (failed() == 0) ? "0" : "%d NOT_SENT, %d NOT_PROCESSED, %d UNKNOWN, %d other".formatted(this.notSent,
				this.notProcessed, this.unknown, this.other);
	}

}
