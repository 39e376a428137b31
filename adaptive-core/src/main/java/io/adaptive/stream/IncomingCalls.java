package io.adaptive.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of the peer: which are taken, and which of them wait for their answer.
 */
final class IncomingCalls {

	private final CallWindow window = new CallWindow();

	private final Map<Long, IncomingMessage> open = new ConcurrentHashMap<>();

	boolean accept(long callId) {
		return this.window.accept(callId);
	}

	void arrived() {
		this.window.arrived();
	}

	long close() {
		return this.window.close();
	}

	/**
	 * Notes a call, if the message is one.
	 * @return whether no open call has its id
	 */
	boolean open(IncomingMessage call) {
		return call.callId() == 0 || this.open.putIfAbsent(call.callId(), call) == null;
	}

	boolean isMissingCalls() {
		return this.window.isMissingCalls();
	}

	boolean isOpen(long callId) {
		return this.open.containsKey(callId);
	}

	/**
	 * The call is answered or given up.
	 * @return whether it was open
	 */
	boolean forget(long callId) {
		return this.open.remove(callId) != null;
	}

	void cancel(long callId) {
		IncomingMessage call = this.open.remove(callId);
		if (call != null) {
			call.cancel();
		}
	}

	/**
	 * Nobody waits for the calls of a stream any more.
	 */
	void cancelAllOf(MultiplexedStream stream) {
		this.open.values().removeIf((call) -> {
			boolean affected = call.stream() == stream;
			if (affected) {
				call.cancel();
			}
			return affected;
		});
	}

}
