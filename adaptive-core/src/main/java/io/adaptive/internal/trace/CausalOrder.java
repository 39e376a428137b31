package io.adaptive.internal.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;

/**
 * Sorts the records of a trace so that no effect precedes its cause, without relying on
 * clocks.
 * <p>
 * Certain are the order in which each program made its records, and the order of the
 * events of a message: it is sent before it is handled, handled before anything is done
 * about it, and answered before the answer is received. The records of each program are
 * therefore a queue, and its head may be output once its cause is. If several heads are
 * possible, the order follows the reader: to the program that a message goes to, for as
 * long as there are records of it, and then back to the previous one.
 * <p>
 * Records may be missing, or contradict each other if an untrusted program made them.
 * Missing records are skipped, and if no head has its cause, the first one is output
 * nevertheless.
 */
public final class CausalOrder {

	private static final Comparator<TraceRecord> IN_PROGRAM = Comparator.comparingLong(TraceRecord::order)
		.thenComparingLong(TraceRecord::hop)
		.thenComparing(TraceRecord::event)
		.thenComparing(TraceRecord::text);

	private final Map<String, Deque<TraceRecord>> programs = new TreeMap<>();

	private final Hops hops;

	/** The programs, the one output last first. */
	private final List<String> order = new ArrayList<>();

	private CausalOrder(Collection<TraceRecord> records, Hops hops) {
		this.hops = hops;
		records.stream()
			.sorted(IN_PROGRAM)
			.forEach(
					(each) -> this.programs.computeIfAbsent(each.program(), (program) -> new ArrayDeque<>()).add(each));
		this.order.addAll(this.programs.keySet());
		this.order.sort(Comparator.comparing(this::beginsWithoutCause).reversed());
	}

	private boolean beginsWithoutCause(String program) {
		TraceRecord first = Objects.requireNonNull(this.programs.get(program)).getFirst();
		return first.event() == TraceEvent.CLIENT_SEND && this.hops.parentOf(first) == null;
	}

	/**
	 * Sorts the records of a trace. Duplicates are dropped.
	 */
	public static List<TraceRecord> of(Collection<TraceRecord> records) {
		Collection<TraceRecord> once = new LinkedHashSet<>(records);
		return new CausalOrder(once, new Hops(once)).run(once.size());
	}

	private List<TraceRecord> run(int count) {
		List<TraceRecord> ordered = new ArrayList<>(count);
		while (ordered.size() < count) {
			String program = choose();
			TraceRecord next = Objects.requireNonNull(this.programs.get(program)).removeFirst();
			this.hops.of(next).tell(next);
			ordered.add(next);
			follow(program, next);
		}
		return ordered;
	}

	private String choose() {
		String any = null;
		for (String program : this.order) {
			TraceRecord head = Objects.requireNonNull(this.programs.get(program)).peekFirst();
			if (head != null && isReady(head)) {
				return program;
			}
			any = (any == null && head != null) ? program : any;
		}
		return Objects.requireNonNull(any);
	}

	private boolean isReady(TraceRecord head) {
		Hop hop = this.hops.of(head);
		boolean isFirst = head.event() == TraceEvent.CLIENT_SEND || hop.isPush();
		Hop parent = isFirst ? this.hops.parentOf(head) : null;
		return (parent == null || parent.isBegun()) && hop.isReady(head);
	}

	/**
	 * Moves the program with the effect of a record to the front, before that of the
	 * record itself.
	 */
	private void follow(String program, TraceRecord told) {
		this.order.remove(program);
		this.order.add(0, program);
		Hop hop = this.hops.of(told);
		TraceRecord effect = switch (told.event()) {
			case CLIENT_SEND -> hop.handled();
			case SERVER_SEND -> hop.received();
			case HANDLER, CLIENT_RECV -> null;
		};
		if (effect != null && !effect.program().equals(program)) {
			this.order.remove(effect.program());
			this.order.add(0, effect.program());
		}
	}

}
