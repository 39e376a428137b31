package io.adaptive.internal.stream;

/**
 * The calls of the peer: which are taken, and which of them wait for their answer.
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
	 * Notes a call, if the message is one.
	 * @return whether no open call has its id
	 */
	boolean open(HandledMessage call) {
		return !call.isCall() || this.open.add(call);
	}

	/**
	 * Counts the calls that wait for their answer, of about this moment.
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
	 * The call is answered or given up.
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
	 * Nobody waits for the calls of a stream any more.
	 */
	void cancelAllOf(int streamId) {
		this.open.forEach((call) -> {
			if (call.streamId() == streamId && this.open.remove(call)) {
				call.cancel();
			}
		});
	}

}
