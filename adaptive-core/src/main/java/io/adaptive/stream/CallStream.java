package io.adaptive.stream;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A stream as one handler sees it. It knows the calls that this handler has taken and not
 * yet answered; a message that is sent answers the oldest.
 */
final class CallStream implements ContextStream {

	private final MultiplexedStream stream;

	private final Queue<Long> unanswered = new ConcurrentLinkedQueue<>();

	CallStream(MultiplexedStream stream, long callId) {
		this.stream = stream;
		owe(callId);
	}

	private void owe(long callId) {
		if (callId != 0) {
			this.unanswered.add(callId);
		}
	}

	@Override
	public ConnectionInfo info() {
		return this.stream.connection().info();
	}

	@Override
	public void send(Object message) {
		Long callId = this.unanswered.poll();
		if (callId != null) {
			this.stream.answer(callId, message);
		}
		else {
			this.stream.send(message);
		}
	}

	@Override
	public <T> T recv(Class<T> type) {
		return this.stream.recv(type, this::owe);
	}

	/**
	 * Sends, then receives. The client has no handlers whose answers could be matched, so
	 * its next message is taken for the answer.
	 */
	@Override
	public <T> T sendRecv(Object request, Class<T> replyType) {
		send(request);
		return recv(replyType);
	}

	@Override
	public void setReceiveTimeout(Duration timeout) {
		this.stream.setReceiveTimeout(timeout);
	}

	@Override
	public void close() {
		this.stream.close();
	}

	@Override
	public String toString() {
		return this.stream.toString();
	}

}
