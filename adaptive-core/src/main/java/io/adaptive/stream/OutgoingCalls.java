package io.adaptive.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The calls of one end of a connection that wait for an answer. Ids rise and are never
 * used again.
 */
final class OutgoingCalls {

	private final AtomicLong lastId = new AtomicLong();

	private final Map<Long, PendingCall> pending = new ConcurrentHashMap<>();

	PendingCall register(MultiplexedStream stream) {
		PendingCall call = new PendingCall(this.lastId.incrementAndGet(), stream);
		this.pending.put(call.id(), call);
		return call;
	}

	/**
	 * Forgets a call.
	 * @return whether it was still waiting
	 */
	boolean forget(PendingCall call) {
		return this.pending.remove(call.id(), call);
	}

	void complete(long callId, Arrival outcome) {
		PendingCall call = this.pending.remove(callId);
		if (call != null) {
			call.complete(outcome);
		}
	}

	void completeWhere(Predicate<PendingCall> which, Ending ending) {
		this.pending.values().forEach((call) -> {
			if (which.test(call) && forget(call)) {
				call.complete(new Arrival.Ended(ending));
			}
		});
	}

	int size() {
		return this.pending.size();
	}

}
