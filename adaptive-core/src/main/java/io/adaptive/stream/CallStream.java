package io.adaptive.stream;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;

import io.adaptive.message.MessageType;
import io.adaptive.message.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A stream as one handler sees it. It knows the calls that this handler has taken and not
 * yet answered; a message that is sent answers the oldest.
 */
final class CallStream extends AbstractStream implements ContextStream {

	private final MultiplexedStream stream;

	private final IncomingMessage message;

	private final Deque<Long> unanswered = new ConcurrentLinkedDeque<>();

	CallStream(MultiplexedStream stream, IncomingMessage message) {
		this.stream = stream;
		this.message = message;
		owe(message.callId());
	}

	private void owe(long callId) {
		if (callId != 0) {
			this.unanswered.add(callId);
		}
	}

	@Override
	public ConnectionInfo info() {
		return connection().info();
	}

	@Override
	public StreamContext context() {
		return this.stream.context();
	}

	@Override
	public boolean isCancelled() {
		return this.message.isCancelled();
	}

	@Override
	MultiplexedConnection connection() {
		return this.stream.connection();
	}

	@Override
	Duration receiveTimeout() {
		return this.stream.receiveTimeout();
	}

	@Override
	Operation<@Nullable Void> beginSend(Object message, @Nullable Priority priority) {
		Long callId = this.unanswered.poll();
		if (callId == null) {
			return this.stream.beginSend(message, priority);
		}
		try {
			this.stream.answer(callId, message);
			return Operation.SENT;
		}
		catch (RuntimeException ex) {
			this.unanswered.addFirst(callId);
			throw ex;
		}
	}

	/**
	 * Sends what the handler returned; waits for credit, as the handler itself would,
	 * unless this is an event loop.
	 */
	void sendResult(Object result) {
		Operation<@Nullable Void> sent = beginSend(result, null);
		if (connection().mayBlock()) {
			sent.await(Duration.ZERO);
		}
	}

	@Override
	Operation<Arrival> beginRecv(MessageType<?> type) {
		Operation<Arrival> received = this.stream.beginRecv(type);
		return Operation.of(received.awaited(), received.thenApply(this::noteCall), received::giveUp);
	}

	private Arrival noteCall(Arrival arrival) {
		if (arrival instanceof Arrival.Delivered delivered) {
			owe(delivered.callId());
		}
		return arrival;
	}

	/**
	 * Sends, then receives. The client has no handlers whose answers could be matched, so
	 * its next message is taken for the answer.
	 */
	@Override
	Operation<Arrival> beginCall(Object request, MessageType<?> replyType, Duration timeout,
			@Nullable Priority priority) {
		Operation<@Nullable Void> sent = beginSend(request, priority);
		if (sent.isDone()) {
			return beginRecv(replyType);
		}
		CompletableFuture<Arrival> answer = sent.thenCompose((done) -> beginRecv(replyType));
		return Operation.of("answer", answer, () -> sent.giveUp() || answer.cancel(false));
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
