package io.adaptive.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.adaptive.message.Delivery;
import io.adaptive.message.MessageHeaders;
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

	/**
	 * Tells who wants to know that a message is about to be sent.
	 * @param call whether it is a call
	 */
	abstract SentMessage sending(Object message, boolean call);

	/**
	 * The only call of this stream was answered.
	 */
	void answered(Arrival arrival) {
	}

	/**
	 * A message was received and decoded.
	 */
	abstract void received(Arrival arrival, @Nullable Object message);

	abstract Operation<@Nullable Void> beginSend(Object message, @Nullable Priority priority, MessageHeaders headers);

	abstract Operation<Arrival> beginRecv(MessageType<?> type);

	abstract Operation<Arrival> beginCall(Object request, MessageType<?> replyType, Duration timeout,
			@Nullable Priority priority, MessageHeaders headers);

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
		MessageType.checkMessage(message, "send(message)");
		SentMessage sent = sending(message, false);
		try {
			beginSend(message, settings.priority(), sent.headers()).await(creditTimeout(settings));
		}
		catch (RuntimeException | Error ex) {
			sent.failed(ex);
			throw ex;
		}
		sent.succeeded(null);
	}

	@Override
	@SuppressWarnings("NullAway") // null for Void.class only, as documented
	public final <T> T recv(MessageType<T> type) {
		connection().checkMayBlock();
		Operation.checkInterrupt("message", Delivery.UNKNOWN);
		return decode(beginRecv(type).await(timeout()), type, false);
	}

	private <T> @Nullable T decode(Arrival arrival, MessageType<T> type, boolean emptyAllowed) {
		T message = arrival.as(type, emptyAllowed);
		received(arrival, message);
		return message;
	}

	private <T> @Nullable T answer(Arrival arrival, MessageType<T> type, CallSettings settings) {
		if (settings.onlyCall()) {
			answered(arrival);
		}
		return decode(arrival, type, settings.emptyAllowed());
	}

	@Override
	@SuppressWarnings("NullAway") // null only where documented
	public final <T> T sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
		connection().checkMayBlock();
		MessageType.checkMessage(request, "sendRecv(request, replyType)");
		// Whether the answer is there at once depends on the scope.
		Operation.checkInterrupt("answer", Delivery.NOT_SENT);
		Duration timeout = timeout(settings);
		SentMessage sent = sending(request, true);
		T answer;
		try {
			answer = answer(beginCall(request, replyType, timeout, settings.priority(), sent.headers()).await(timeout),
					replyType, settings);
		}
		catch (RuntimeException | Error ex) {
			sent.failed(ex);
			throw ex;
		}
		sent.succeeded(answer);
		return answer;
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
			SentMessage sent = SentMessage.UNWATCHED;
			try {
				MessageType.checkMessage(message, "send(message)");
				sent = sending(message, false);
				return beginSend(message, settings.priority(), sent.headers()).later(creditTimeout(settings),
						callbacks(), (left) -> null, sent);
			}
			catch (RuntimeException | Error ex) {
				sent.failed(ex);
				return CompletableFuture.failedFuture(ex);
			}
		}

		@Override
		@SuppressWarnings("NullAway") // null for Void.class only, as documented
		public <T> CompletableFuture<T> recv(MessageType<T> type) {
			try {
				return beginRecv(type).later(timeout(), callbacks(), (arrival) -> decode(arrival, type, false),
						SentMessage.UNWATCHED);
			}
			catch (RuntimeException | Error ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}

		@Override
		@SuppressWarnings("NullAway") // null only where documented
		public <T> CompletableFuture<T> sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
			SentMessage sent = SentMessage.UNWATCHED;
			try {
				MessageType.checkMessage(request, "sendRecv(request, replyType)");
				Duration timeout = timeout(settings);
				sent = sending(request, true);
				return beginCall(request, replyType, timeout, settings.priority(), sent.headers()).later(timeout,
						callbacks(), (arrival) -> answer(arrival, replyType, settings), sent);
			}
			catch (RuntimeException | Error ex) {
				sent.failed(ex);
				return CompletableFuture.failedFuture(ex);
			}
		}

		/**
		 * What hangs on the futures of a handler still belongs to its call.
		 */
		private Executor callbacks() {
			return CallContext.following(connection().callbacks());
		}

	}

}
