package io.adaptive.internal.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.adaptive.message.Delivery;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.MessageType;
import io.adaptive.message.Priority;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ReactiveStream;
import org.jspecify.annotations.Nullable;

/**
 * Base class of streams: the blocking, asynchronous and reactive forms of send, receive
 * and call over the operations that a stream begins. A deadline inherited by the calling
 * thread limits every wait.
 */
abstract class AbstractStream implements MessageStream {

	abstract ConnectionState connection();

	abstract Duration receiveTimeout();

	/**
	 * Notifies the tracer and the observer of a message that is about to be sent.
	 * @param call whether it is a call
	 */
	abstract SentMessage sending(Object message, boolean call);

	/**
	 * Called when the only call of this stream was answered.
	 */
	void answered(InboxItem item) {
	}

	/**
	 * Called when an item was received, whether or not it can be decoded.
	 */
	void claimed(InboxItem item) {
	}

	/**
	 * Called when a message was received and decoded.
	 */
	abstract void received(InboxItem item, @Nullable Object message);

	abstract Operation<@Nullable Void> beginSend(Object message, @Nullable Priority priority, MessageHeaders headers);

	/**
	 * Checks the limits of messages that wait for credit, for an asynchronous send or
	 * call.
	 */
	abstract void checkRoom();

	/**
	 * Checks that the stream has not ended.
	 */
	abstract void checkOpen();

	/**
	 * Begins an operation that completes when no message waits for credit.
	 */
	abstract Operation<@Nullable Void> beginWritable();

	abstract Operation<InboxItem> beginRecv(MessageType<?> type);

	/**
	 * Begins a call.
	 * @param deadline the deadline of the caller, which includes encoding and decoding
	 */
	abstract Operation<InboxItem> beginCall(Object request, MessageType<?> replyType, WaitDeadline deadline,
			@Nullable Priority priority, MessageHeaders headers);

	/**
	 * Returns whether the answer of a call is the next message of the peer, which is
	 * received as one.
	 */
	boolean takesMessageAsAnswer() {
		return false;
	}

	private WaitDeadline deadline() {
		return WaitDeadline.after(PropagatedContext.limit(receiveTimeout()));
	}

	private WaitDeadline deadline(CallSettings settings) {
		Duration own = settings.timeout();
		return WaitDeadline.after(PropagatedContext.limit((own != null) ? own : receiveTimeout()));
	}

	private WaitDeadline sendDeadline(CallSettings settings) {
		return WaitDeadline.after(sendTimeout(settings));
	}

	/**
	 * Returns the time limit for waiting for credit. The receive timeout does not apply,
	 * since it limits the wait for messages of the peer.
	 */
	static Duration creditTimeout(CallSettings settings) {
		Duration own = settings.timeout();
		return (own != null) ? own : Duration.ZERO;
	}

	/**
	 * Limits the wait for credit by the inherited deadline of the calling thread.
	 */
	Duration sendTimeout(CallSettings settings) {
		return PropagatedContext.limit(creditTimeout(settings));
	}

	@Override
	public final void send(Object message) {
		send(message, CallSettings.DEFAULT);
	}

	@Override
	public final void send(Object message, CallSettings settings) {
		connection().checkMayBlock();
		MessageType.checkMessage(message, "send(message)");
		WaitDeadline deadline = sendDeadline(settings);
		SentMessage sent = sending(message, false);
		try {
			beginSend(message, settings.priority(), sent.headers()).ofHandler().await(deadline);
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
		// Before the receive begins, since nothing would end it if this throws.
		WaitDeadline deadline = deadline();
		return decode(beginRecv(type).ofHandler().await(deadline), new Decoding<>(type), deadline);
	}

	private <T> @Nullable T decode(InboxItem item, Decoding<T> decoding, WaitDeadline deadline) {
		T message;
		try {
			message = (deadline.limited() && decoding.decodes())
					? new TimedDecoding<>(connection(), decoding.type, decoding).decode(item, deadline)
					: decoding.map(item);
		}
		catch (RuntimeException | Error ex) {
			decoding.received(item, null, ex);
			throw ex;
		}
		decoding.received(item, message, null);
		return message;
	}

	@Override
	@SuppressWarnings("NullAway") // null only where documented
	public final <T> T sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
		connection().checkMayBlock();
		MessageType.checkMessage(request, "sendRecv(request, replyType)");
		// Checked in advance: whether the answer is present at once depends on the scope.
		Operation.checkInterrupt("answer", Delivery.NOT_SENT);
		WaitDeadline deadline = deadline(settings);
		SentMessage sent = sending(request, true);
		T answer;
		try {
			answer = decode(beginCall(request, replyType, deadline, settings.priority(), sent.headers()).ofHandler()
				.await(deadline), new Decoding<>(replyType, settings), deadline);
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

	/**
	 * Decodes a received item.
	 */
	private final class Decoding<T> implements OperationFuture.Mapping<InboxItem, T> {

		private final MessageType<T> type;

		private final boolean emptyAllowed;

		private final boolean onlyCall;

		private final boolean limited;

		/** A message that came in time is received, however long its decoding takes. */
		Decoding(MessageType<T> type) {
			this.type = type;
			this.emptyAllowed = false;
			this.onlyCall = false;
			this.limited = false;
		}

		/** The deadline of a call includes the decoding of its answer. */
		Decoding(MessageType<T> replyType, CallSettings settings) {
			this.type = replyType;
			this.emptyAllowed = settings.emptyAllowed();
			this.onlyCall = settings.onlyCall();
			this.limited = !takesMessageAsAnswer();
		}

		@Override
		public boolean decodes() {
			return this.limited;
		}

		@Override
		public @Nullable T map(InboxItem item) {
			return item.as(this.type, this.emptyAllowed);
		}

		@Override
		public void received(InboxItem item, @Nullable T message, @Nullable Throwable failure) {
			if (this.onlyCall) {
				answered(item);
			}
			claimed(item);
			if (failure == null) {
				AbstractStream.this.received(item, message);
			}
		}

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
				WaitDeadline deadline = sendDeadline(settings);
				sent = sending(message, false);
				checkRoom();
				return new OperationFuture<@Nullable Void, @Nullable Void>(
						beginSend(message, settings.priority(), sent.headers()).ofHandler(), (left) -> null, sent,
						callbacks())
					.begin(deadline);
			}
			catch (RuntimeException | Error ex) {
				sent.failed(ex);
				return CompletableFuture.failedFuture(ex);
			}
		}

		@Override
		public CompletableFuture<@Nullable Void> whenWritable() {
			try {
				WaitDeadline deadline = sendDeadline(CallSettings.DEFAULT);
				return new OperationFuture<@Nullable Void, @Nullable Void>(beginWritable().ofHandler(), (reached) -> {
					// The stream may have ended before this callback runs.
					checkOpen();
					return null;
				}, SentMessage.UNWATCHED, callbacks()).begin(deadline);
			}
			catch (RuntimeException | Error ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}

		@Override
		@SuppressWarnings("NullAway") // null for Void.class only, as documented
		public <T> CompletableFuture<T> recv(MessageType<T> type) {
			try {
				WaitDeadline deadline = deadline();
				return new OperationFuture<InboxItem, T>(beginRecv(type).ofHandler(), new Decoding<>(type),
						SentMessage.UNWATCHED, callbacks())
					.begin(deadline);
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
				WaitDeadline deadline = deadline(settings);
				sent = sending(request, true);
				checkRoom();
				return new OperationFuture<InboxItem, T>(
						beginCall(request, replyType, deadline, settings.priority(), sent.headers()).ofHandler(),
						new Decoding<>(replyType, settings), sent, callbacks())
					.begin(deadline);
			}
			catch (RuntimeException | Error ex) {
				sent.failed(ex);
				return CompletableFuture.failedFuture(ex);
			}
		}

		/**
		 * Dependent stages of a handler's futures belong to its call, too.
		 */
		private Executor callbacks() {
			return PropagatedContext.following(connection().callbacks());
		}

	}

}
