package io.adaptive.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.MessageType;
import io.adaptive.message.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The three forms of the three calls over what a stream begins. A deadline that the
 * calling thread inherited shortens every wait.
 */
abstract class AbstractStream implements MessageStream {

	abstract MultiplexedConnection connection();

	abstract Duration receiveTimeout();

	abstract Operation<@Nullable Void> beginSend(Object message, @Nullable Priority priority);

	abstract Operation<Arrival> beginRecv(MessageType<?> type);

	abstract Operation<Arrival> beginCall(Object request, MessageType<?> replyType, Duration timeout,
			@Nullable Priority priority);

	private Duration timeout() {
		return CallContext.limit(receiveTimeout());
	}

	private Duration timeout(CallSettings settings) {
		Duration own = settings.timeout();
		return CallContext.limit((own != null) ? own : receiveTimeout());
	}

	/**
	 * Returns how long a message may wait for credit. The receive timeout is about what
	 * the peer sends.
	 */
	private static Duration creditTimeout(CallSettings settings) {
		Duration own = settings.timeout();
		return (own != null) ? own : Duration.ZERO;
	}

	@Override
	public final void send(Object message) {
		send(message, CallSettings.DEFAULT);
	}

	@Override
	public final void send(Object message, CallSettings settings) {
		connection().checkMayBlock();
		beginSend(message, settings.priority()).await(creditTimeout(settings));
	}

	@Override
	@SuppressWarnings("NullAway") // null for Void.class only, as documented
	public final <T> T recv(Class<T> type) {
		connection().checkMayBlock();
		MessageType<T> messageType = MessageType.of(type);
		return beginRecv(messageType).await(timeout()).as(messageType);
	}

	@Override
	public final <T> T sendRecv(Object request, Class<T> replyType) {
		return sendRecv(request, replyType, CallSettings.DEFAULT);
	}

	@Override
	@SuppressWarnings("NullAway") // null only where documented
	public final <T> T sendRecv(Object request, Class<T> replyType, CallSettings settings) {
		connection().checkMayBlock();
		MessageType<T> messageType = MessageType.of(replyType);
		Duration timeout = timeout(settings);
		return beginCall(request, messageType, timeout, settings.priority()).await(timeout)
			.as(messageType, settings.emptyAllowed());
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
			return send(message, CallSettings.DEFAULT);
		}

		@Override
		public CompletableFuture<@Nullable Void> send(Object message, CallSettings settings) {
			try {
				return beginSend(message, settings.priority()).later(creditTimeout(settings), connection().callbacks(),
						(sent) -> null);
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
		public <T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType) {
			return sendRecv(request, replyType, CallSettings.DEFAULT);
		}

		@Override
		@SuppressWarnings("NullAway") // null only where documented
		public <T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType, CallSettings settings) {
			try {
				MessageType<T> messageType = MessageType.of(replyType);
				Duration timeout = timeout(settings);
				return beginCall(request, messageType, timeout, settings.priority()).later(timeout,
						connection().callbacks(), (arrival) -> arrival.as(messageType, settings.emptyAllowed()));
			}
			catch (RuntimeException ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}

	}

}
