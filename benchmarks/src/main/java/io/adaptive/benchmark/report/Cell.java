package io.adaptive.benchmark.report;

import java.util.List;
import java.util.OptionalLong;

import io.adaptive.benchmark.process.Measured;

/**
 * One cell of the matrix.
 *
 * @param transport over what
 * @param payload bytes
 * @param callers how many in parallel
 * @param upload whether requests carried the payload
 * @param threads what kind of threads called
 * @param measured the middle round of each contestant
 */
public record Cell(String transport, int payload, int callers, boolean upload, String threads,
		List<Measured> measured) {

	/**
	 * Returns the rate of a contestant.
	 * @param contestant who
	 * @return calls a second, nothing if it was not measured
	 */
	public OptionalLong rateOf(String contestant) {
		return this.measured.stream()
			.filter((one) -> one.contestant().equals(contestant))
			.mapToLong((one) -> one.result().rate())
			.findFirst();
	}

}
