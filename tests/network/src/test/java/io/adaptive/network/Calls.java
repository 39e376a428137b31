package io.adaptive.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

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
 * @param waiting how many have not ended within half a minute
 * @param slowestMillis how long the slowest answered call took
 * @param gapMillis the longest time without any answer
 */
record Calls(int rate, long answered, long notSent, long notProcessed, long unknown, long other, long waiting,
		long slowestMillis, long gapMillis) {

	/**
	 * Stops a client, lets its last calls end, and takes its counts.
	 */
	static Calls end(Program client, int rate) {
		client.ask("rate 0", "calling");
		return take(client, rate);
	}

	/**
	 * Takes the counts of the calls that began since they were taken last.
	 */
	static Calls take(Program client, int rate) {
		Event summary = client.ask("summary", "summary");
		return new Calls(rate, summary.number("answered"), summary.number("notSent"), summary.number("notProcessed"),
				summary.number("unknown"), summary.number("other"), summary.number("waiting"),
				summary.number("slowest"), summary.number("gap"));
	}

	long failed() {
		return this.notSent + this.notProcessed + this.unknown + this.other + this.waiting;
	}

	long total() {
		return this.answered + failed();
	}

	String failedByClass() {
		if (failed() == 0) {
			return "0";
		}
		Map<String, Long> classes = new LinkedHashMap<>();
		classes.put("NOT_SENT", this.notSent);
		classes.put("NOT_PROCESSED", this.notProcessed);
		classes.put("UNKNOWN", this.unknown);
		classes.put("other", this.other);
		classes.put("without an end", this.waiting);
		return classes.entrySet()
			.stream()
			.filter((each) -> each.getValue() > 0)
			.map((each) -> each.getValue() + " " + each.getKey())
			.collect(Collectors.joining(", "));
	}

}
