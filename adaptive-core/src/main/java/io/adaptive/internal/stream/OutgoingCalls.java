package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The calls of one end of a connection that wait for an answer. Ids rise and are never
 * reused.
 */
final class OutgoingCalls {

	private final AtomicLong lastId = new AtomicLong();

	private final CallTable<PendingCall> pending = new CallTable<>(PendingCall::id);

	private volatile @Nullable Dropped dropped;

	PendingCall register(PendingCall.Origin origin) {
		PendingCall call = new PendingCall(this.lastId.incrementAndGet(), origin);
		this.pending.add(call);
		return call;
	}

	/**
	 * Removes a call.
	 * @return whether it was still waiting
	 */
	boolean forget(PendingCall call) {
		return this.pending.remove(call);
	}

	void complete(long callId, InboxItem outcome) {
		PendingCall call = this.pending.remove(callId);
		if (call != null) {
			call.complete(outcome);
		}
	}

	/**
	 * Ends all calls after a certain one, since the peer drops them, including those that
	 * are registered later.
	 */
	void dropAfter(long lastTaken, Termination termination) {
		this.dropped = new Dropped(lastTaken, termination);
		completeWhere((call) -> call.id() > lastTaken, termination);
	}

	void completeWhere(Predicate<PendingCall> which, Termination termination) {
		this.pending.forEach((call) -> {
			if (which.test(call) && forget(call)) {
				call.complete(new InboxItem.Ended(endingOf(call, termination)));
			}
		});
	}

	/**
	 * Returns the approximate number of waiting calls.
	 */
	int count() {
		return this.pending.count();
	}

	private Termination endingOf(PendingCall call, Termination termination) {
		Dropped current = this.dropped;
		return (current != null && call.id() > current.lastTaken) ? current.termination : termination;
	}

	private record Dropped(long lastTaken, Termination termination) {
	}

}
