package io.adaptive.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The three forms of the three calls over what a stream begins. A deadline that the
 * calling thread inherited shortens every wait.
 */
abstract class AbstractStream implements MessageStream {

	abstract MultiplexedConnection connection();

	abstract Duration receiveTimeout();

	abstract Operation<@Nullable Void> beginSend(Object message);

	abstract Operation<Arrival> beginRecv(MessageType<?> type);

	abstract Operation<Arrival> beginCall(Object request, MessageType<?> replyType, Duration timeout);

	private Duration timeout() {
		return CallContext.limit(receiveTimeout());
	}

	@Override
	public final void send(Object message) {
		connection().checkMayBlock();
		beginSend(message).await(Duration.ZERO);
	}

	@Override
	@SuppressWarnings("NullAway") // null for Void.class only, as documented
	public final <T> T recv(Class<T> type) {
		connection().checkMayBlock();
		MessageType<T> messageType = MessageType.of(type);
		return beginRecv(messageType).await(timeout()).as(messageType);
	}

	@Override
	@SuppressWarnings("NullAway") // null for Void.class only, as documented
	public final <T> T sendRecv(Object request, Class<T> replyType) {
		connection().checkMayBlock();
		MessageType<T> messageType = MessageType.of(replyType);
		Duration timeout = timeout();
		return beginCall(request, messageType, timeout).await(timeout).as(messageType);
	}

	@Override
	public final AsyncStream async() {
		return new Futures();
	}

	@Override
	public final ReactiveStream reactive() {
		return ReactiveStream.over(new Futures());
	}

	@Override
	public final InputStream inputStream() {
		return new MessageInputStream(this);
	}

	@Override
	public final OutputStream outputStream() {
		return new MessageOutputStream(this);
	}

	private final class Futures implements AsyncStream {

		@Override
		public CompletableFuture<@Nullable Void> send(Object message) {
			try {
				return beginSend(message).later(Duration.ZERO, connection().callbacks(), (sent) -> null);
			}
			catch (RuntimeException ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}

		@Override
		@SuppressWarnings("NullAway") // null for Void.class only, as documented
		public <T> CompletableFuture<T> recv(Class<T> type) {
			try {
				MessageType<T> messageType = MessageType.of(type);
				return beginRecv(messageType).later(timeout(), connection().callbacks(),
						(arrival) -> arrival.as(messageType));
			}
			catch (RuntimeException ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}

		@Override
		@SuppressWarnings("NullAway") // null for Void.class only, as documented
		public <T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType) {
			try {
				MessageType<T> messageType = MessageType.of(replyType);
				Duration timeout = timeout();
				return beginCall(request, messageType, timeout).later(timeout, connection().callbacks(),
						(arrival) -> arrival.as(messageType));
			}
			catch (RuntimeException ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}

	}

}
