package io.adaptive.network.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A fault of a plan.
 *
 * @param part to which it happens
 * @param kind what happens
 * @param begin when it begins, in milliseconds from the beginning of the plan
 * @param end when it ends
 */
record Fault(Part part, FaultKind kind, long begin, long end) {

	/** No fault of a part begins so soon after the last one, in milliseconds. */
	private static final int RECOVERY = 2_000;

	private static final int MAX_PAUSE = 4_000;

	/**
	 * Draws faults. Those of different parts may overlap, and one of three is longer than
	 * a lease and the silence of a connection.
	 * @param millis how long faults begin
	 */
	static List<Fault> plan(SplittableRandom random, List<Part> parts, long millis) {
		List<Fault> plan = new ArrayList<>();
		Map<Part, Long> free = new HashMap<>();
		for (long now = random.nextInt(MAX_PAUSE); now < millis; now += random.nextInt(MAX_PAUSE)) {
			Part part = parts.get(random.nextInt(parts.size()));
			FaultKind kind = part.faults().get(random.nextInt(part.faults().size()));
			long duration = (random.nextInt(3) == 0) ? 8_000 + random.nextInt(10_000) : 200 + random.nextInt(4_000);
			long begin = now;
			if (free.getOrDefault(part, 0L) <= begin && isPossible(kind, part, parts, free, begin)) {
				plan.add(new Fault(part, kind, begin, begin + duration));
				free.put(part, begin + duration + RECOVERY);
			}
		}
		return plan;
	}

	/**
	 * A program leaves only while another one of its kind has no fault.
	 */
	private static boolean isPossible(FaultKind kind, Part part, List<Part> parts, Map<Part, Long> free, long begin) {
		return kind != FaultKind.TERMINATE || parts.stream()
			.anyMatch(
					(other) -> other != part && other.faults().contains(kind) && free.getOrDefault(other, 0L) <= begin);
	}

	List<Step> steps() {
		return List.of(new Step(this.begin, this + " begins", () -> this.kind.begin(this.part)),
				new Step(this.end, this + " ends", () -> this.kind.end(this.part)));
	}

	@Override
	public String toString() {
		return "%s of %s".formatted(this.kind, this.part.name());
	}

	/**
	 * The begin or the end of a fault.
	 *
	 * @param at when, in milliseconds from the beginning of the plan
	 * @param text its description
	 * @param action what is done
	 */
	record Step(long at, String text, Runnable action) {
	}

}
