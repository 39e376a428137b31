package io.adaptive.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a link: what is on its way, in the order in which it will arrive.
 * Within a stream nothing overtakes; streams open in their order; and what ends the link
 * comes last. Guarded by the {@link FaultScheduler}.
 */
final class Lane {

	private final Supplier<Faults> faults;

	private final RandomGenerator random;

	private final PriorityQueue<Cargo> cargo = new PriorityQueue<>();

	private final Map<Integer, Long> lastOfStream = new HashMap<>();

	private long last = Long.MIN_VALUE;

	private long lastOpening = Long.MIN_VALUE;

	private long readerBusyUntil = Long.MIN_VALUE;

	private long loaded;

	private boolean unloading;

	/**
	 * Makes an empty lane.
	 * @param faults what it does at the moment
	 * @param random draws what is left open
	 */
	Lane(Supplier<Faults> faults, RandomGenerator random) {
		this.faults = faults;
		this.random = random;
	}

	/**
	 * Returns whether what comes now need not wait.
	 */
	boolean isFree() {
		return this.cargo.isEmpty() && !this.unloading && this.faults.get().equals(Faults.NONE);
	}

	boolean isHeld() {
		return this.faults.get().held();
	}

	void load(Envelope envelope, Runnable arrival, long now) {
		int stream = streamOf(envelope);
		Faults current = this.faults.get();
		long due = now + current.drawDelay(this.random) + current.drawOvertaking(this.random);
		due = Math.max(due, current.reorders() ? this.lastOfStream.getOrDefault(stream, due) : this.last);
		if (envelope instanceof Envelope.Open) {
			due = Math.max(due, this.lastOpening);
			this.lastOpening = due;
		}
		if (envelope instanceof Envelope.Message || envelope instanceof Envelope.Reply) {
			due = Math.max(due, this.readerBusyUntil) + current.perMessage().toNanos();
			this.readerBusyUntil = due;
		}
		this.lastOfStream.put(stream, due);
		add(due, arrival);
	}

	/**
	 * Lets something arrive after everything else.
	 */
	void loadLast(Runnable arrival, long now) {
		add(Math.max(now, this.last), arrival);
	}

	private void add(long due, Runnable arrival) {
		this.last = Math.max(this.last, due);
		this.cargo.add(new Cargo(due, this.loaded++, arrival));
	}

	@Nullable Cargo first() {
		return this.cargo.peek();
	}

	/**
	 * Takes the first out; until it has arrived the lane is not free.
	 */
	void unload() {
		this.cargo.poll();
		this.unloading = true;
	}

	void arrived() {
		this.unloading = false;
		if (this.cargo.isEmpty()) {
			this.lastOfStream.clear();
		}
	}

	/**
	 * Lets all that is on its way arrive now, in its order.
	 */
	void hurry(long now) {
		List<Cargo> inOrder = new ArrayList<>();
		for (Cargo next = this.cargo.poll(); next != null; next = this.cargo.poll()) {
			inOrder.add(next);
		}
		this.lastOfStream.clear();
		this.last = now;
		this.lastOpening = now;
		this.readerBusyUntil = now;
		inOrder.forEach((each) -> add(now, each.arrival));
	}

	void clear() {
		this.cargo.clear();
	}

	/**
	 * Envelopes of no stream are among themselves as those of one.
	 */
	private static int streamOf(Envelope envelope) {
		if (envelope instanceof Envelope.Open open) {
			return open.streamId();
		}
		if (envelope instanceof Envelope.Message message) {
			return message.streamId();
		}
		if (envelope instanceof Envelope.Reply reply) {
			return reply.streamId();
		}
		if (envelope instanceof Envelope.Failure failure) {
			return failure.streamId();
		}
		if (envelope instanceof Envelope.End end) {
			return end.streamId();
		}
		if (envelope instanceof Envelope.Reset reset) {
			return reset.streamId();
		}
		if (envelope instanceof Envelope.Cancel cancel) {
			return cancel.streamId();
		}
		return (envelope instanceof Envelope.Credit credit) ? credit.streamId() : 0;
	}

	/**
	 * Something on its way.
	 *
	 * @param due when it arrives
	 * @param number tells apart what arrives at the same time
	 * @param arrival lets it arrive
	 */
	record Cargo(long due, long number, Runnable arrival) implements Comparable<Cargo> {

		@Override
		public int compareTo(Cargo other) {
			int byTime = Long.compare(this.due - other.due, 0);
			return (byTime != 0) ? byTime : Long.compare(this.number, other.number);
		}

	}

}
