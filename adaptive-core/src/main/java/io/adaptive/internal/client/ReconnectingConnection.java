package io.adaptive.internal.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.MessageType;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ReactiveStream;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is established on first use, and again, to another instance, when it
 * was lost. Calls that were not processed are retried, within a budget and the caller's
 * time.
 */
final class ReconnectingConnection implements Connection {

	private final CurrentConnection current;

	private final CallSettings defaults;

	private final RetryBudget budget = new RetryBudget(System::nanoTime);

	private final AsyncStream async = new ReconnectingAsync();

	ReconnectingConnection(CurrentConnection current, CallSettings defaults) {
		this.current = current;
		this.defaults = defaults;
	}

	private <T> T call(Object request, CallSettings settings, CallDeadline deadline, Function<Connection, T> call) {
		this.budget.earn();
		try {
			return call.apply(this.current.get(deadline));
		}
		catch (AdaptiveException ex) {
			return new RetriedCall<T>(new BlockingSource(this.current, deadline),
					new Retries(request, settings, this.budget), deadline,
					(connection) -> CompletableFuture.completedFuture(call.apply(connection)))
				.continueAfter(ex);
		}
	}

	@Override
	public void send(Object message) {
		send(message, CallSettings.DEFAULT);
	}

	@Override
	public void send(Object message, CallSettings settings) {
		MessageType.checkMessage(message, "send(message)");
		CallSettings complete = settings.orElse(this.defaults);
		CallDeadline deadline = CallDeadline.after(complete.timeout());
		call(message, complete, deadline, (connection) -> {
			connection.send(message, deadline.limit(complete));
			return true;
		});
	}

	/**
	 * Also begins to connect: a publisher that checks before each message would never
	 * connect otherwise.
	 */
	@Override
	public boolean isWritable() {
		Connection open = this.current.ifOpen();
		if (open == null && this.current.isWanted()) {
			CompletableFuture<?> unused = this.current.find();
		}
		return open != null && open.isWritable();
	}

	/**
	 * Receives from the connection used last, so that its remaining messages and the
	 * cause of its loss are not skipped.
	 */
	@Override
	public <T> T recv(MessageType<T> type) {
		return this.current.last().recv(type);
	}

	@Override
	@SuppressWarnings("NullAway") // an answer may be null only where documented
	public <T> T sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
		MessageType.checkMessage(request, "sendRecv(request, replyType)");
		CallSettings complete = settings.orElse(this.defaults);
		CallDeadline deadline = CallDeadline.after(complete.timeout());
		return call(request, complete, deadline,
				(connection) -> connection.sendRecv(request, replyType, deadline.limit(complete)));
	}

	@Override
	public AsyncStream async() {
		return this.async;
	}

	@Override
	public ReactiveStream reactive() {
		return ReactiveStream.over(this.async);
	}

	@Override
	public MessageStream newStream() {
		return call(this, this.defaults, CallDeadline.after(this.defaults.timeout()), Connection::newStream);
	}

	@Override
	public CompletableFuture<MessageStream> newStreamAsync(CallSettings settings) {
		return callAsync(this, settings, (connection, complete) -> connection.newStreamAsync(complete));
	}

	private <T extends @Nullable Object> CompletableFuture<T> callAsync(Object request, CallSettings settings,
			BiFunction<Connection, CallSettings, CompletableFuture<T>> call) {
		CallSettings complete = settings.orElse(this.defaults);
		CallDeadline deadline;
		try {
			deadline = CallDeadline.after(complete.timeout());
		}
		catch (AdaptiveException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		this.budget.earn();
		try {
			return new RetriedCall<>(this.current, new Retries(request, complete, this.budget), deadline,
					(connection) -> call.apply(connection, deadline.limit(complete)))
				.begin();
		}
		// The captured caller context is application code, and the request may be no
		// message.
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public InputStream inputStream() {
		return this.current.get(CallDeadline.NONE).inputStream();
	}

	@Override
	public OutputStream outputStream() {
		return this.current.get(CallDeadline.NONE).outputStream();
	}

	@Override
	public void setReceiveTimeout(Duration timeout) {
		this.current.setReceiveTimeout(timeout);
	}

	@Override
	public boolean isOpen() {
		return this.current.isWanted();
	}

	@Override
	public ConnectionInfo info() {
		return this.current.get(CallDeadline.after(this.defaults.timeout())).info();
	}

	@Override
	public void close() {
		this.current.close();
	}

	@Override
	public String toString() {
		return this.current.toString();
	}

	/**
	 * Discovers on a thread of its own, where necessary: discovery may take forever, and
	 * the caller does not wait.
	 */
	private final class ReconnectingAsync implements AsyncStream {

		@Override
		public CompletableFuture<@Nullable Void> send(Object message) {
			return send(message, CallSettings.DEFAULT);
		}

		@Override
		public CompletableFuture<@Nullable Void> send(Object message, CallSettings settings) {
			return callAsync(message, settings, (connection, complete) -> connection.async().send(message, complete));
		}

		@Override
		public CompletableFuture<@Nullable Void> whenWritable() {
			return callAsync(this, CallSettings.DEFAULT, (connection, complete) -> connection.async().whenWritable());
		}

		@Override
		public <T> CompletableFuture<T> recv(MessageType<T> type) {
			CurrentConnection connections = ReconnectingConnection.this.current;
			LateReceive<T> receive = new LateReceive<>(PropagatedContext.current(), connections.callbacks(),
					(connection) -> connection.async().recv(type));
			Connection last = connections.ifUsed();
			if (last != null) {
				return receive.begin(last);
			}
			try {
				connections.beginWaiting();
			}
			catch (AdaptiveException ex) {
				return CompletableFuture.failedFuture(ex);
			}
			return receive.begin(connections.find(), connections::endWaiting);
		}

		@Override
		public <T> CompletableFuture<T> sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
			return callAsync(request, settings,
					(connection, complete) -> connection.async().sendRecv(request, replyType, complete));
		}

	}

}
