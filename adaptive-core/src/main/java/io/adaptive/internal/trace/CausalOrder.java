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
 * Brings the records of a trace into an order in which no effect stands before its cause,
 * without looking at clocks.
 * <p>
 * What is certain: the records of one program, in the order in which it made them; and a
 * message is sent before it is handled, handled before something is done about it, and
 * answered before the answer is taken. So each program's records are a queue, and the
 * head of a queue may be told as soon as its cause is. Which of several heads is next is
 * a matter of taste: a reader wants to follow a message to where it goes, stay there as
 * long as something happens, and then return to where he came from last.
 * <p>
 * Records may be missing, or contradict each other if the program of a stranger made
 * them. Then what is missing is passed over, and if nothing may be told, the first head
 * is told all the same.
 */
public final class CausalOrder {

	private static final Comparator<TraceRecord> IN_PROGRAM = Comparator.comparingLong(TraceRecord::order)
		.thenComparingLong(TraceRecord::hop)
		.thenComparing(TraceRecord::event)
		.thenComparing(TraceRecord::text);

	private final Map<String, Deque<TraceRecord>> programs = new TreeMap<>();

	private final Hops hops;

	/** The programs, the last one told of first. */
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
	 * Orders the records of a trace. Records that were collected twice are dropped.
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
	 * Puts first the program where the reader looks next.
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
