package io.adaptive.internal.stream;

/**
 * The calls of the peer: the accepted ones, and those that wait for their answer.
 */
final class IncomingCalls {

	private final CallWindow window = new CallWindow();

	private final CallTable<HandledMessage> open = new CallTable<>(HandledMessage::callId);

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
	 * Registers a message if it is a call.
	 * @return whether its id is unused by other open calls
	 */
	boolean open(HandledMessage call) {
		return !call.isCall() || this.open.add(call);
	}

	/**
	 * Returns the approximate number of calls that wait for their answer.
	 */
	int count() {
		return this.open.count();
	}

	boolean isMissingCalls() {
		return this.window.isMissingCalls();
	}

	boolean isOpen(long callId) {
		return this.open.find(callId) != null;
	}

	/**
	 * Removes a call that is answered or given up.
	 * @return whether it was open
	 */
	boolean forget(long callId) {
		return this.open.remove(callId) != null;
	}

	void cancel(long callId) {
		HandledMessage call = this.open.remove(callId);
		if (call != null) {
			call.cancel();
		}
	}

	/**
	 * Cancels the calls of a stream, which has ended.
	 */
	void cancelAllOf(int streamId) {
		this.open.forEach((call) -> {
			if (call.streamId() == streamId && this.open.remove(call)) {
				call.cancel();
			}
		});
	}

}
