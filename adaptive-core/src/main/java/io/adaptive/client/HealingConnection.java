package io.adaptive.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.adaptive.message.AdaptiveException;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ReactiveStream;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made when it is needed, and to another instance when it was lost.
 * Calls that were not processed are sent again, within a budget.
 */
final class HealingConnection implements Connection {

	private final CurrentConnection current;

	private final RetryBudget budget = new RetryBudget(System::nanoTime);

	private final AsyncStream async = new HealingAsync();

	HealingConnection(CurrentConnection current) {
		this.current = current;
	}

	private <T> T call(Object request, Function<Connection, T> call) {
		this.budget.earn();
		try {
			return call.apply(this.current.get());
		}
		catch (AdaptiveException ex) {
			return callAgain(new Retries(request, this.budget), ex, call);
		}
	}

	private <T> T callAgain(Retries retries, AdaptiveException first, Function<Connection, T> call) {
		AdaptiveException last = first;
		while (retries.allow(last) && this.current.isWanted()) {
			try {
				Optional<Connection> other = this.current.getAnother();
				if (other.isEmpty()) {
					break;
				}
				return call.apply(other.get());
			}
			catch (AdaptiveException ex) {
				last = ex;
			}
		}
		throw retries.toTell();
	}

	@Override
	public void send(Object message) {
		call(message, (connection) -> {
			connection.send(message);
			return true;
		});
	}

	/**
	 * Receives from the connection that was used last, so that what it still holds, and
	 * the reason of its loss, are not passed over.
	 */
	@Override
	public <T> T recv(Class<T> type) {
		return this.current.last().recv(type);
	}

	@Override
	@SuppressWarnings("NullAway") // an answer of Void has nothing but null
	public <T> T sendRecv(Object request, Class<T> replyType) {
		return call(request, (connection) -> connection.sendRecv(request, replyType));
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
		return call(this, Connection::newStream);
	}

	@Override
	public InputStream inputStream() {
		return this.current.get().inputStream();
	}

	@Override
	public OutputStream outputStream() {
		return this.current.get().outputStream();
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
		return this.current.get().info();
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
	 * Discovers, where that is needed, on a thread of its own: it may take for ever, and
	 * the caller does not wait.
	 */
	private final class HealingAsync implements AsyncStream {

		private <T extends @Nullable Object> CompletableFuture<T> call(Object request,
				Function<AsyncStream, CompletableFuture<T>> call) {
			HealingConnection.this.budget.earn();
			return new RetriedCall<>(HealingConnection.this.current,
					new Retries(request, HealingConnection.this.budget), call)
				.begin();
		}

		@Override
		public CompletableFuture<@Nullable Void> send(Object message) {
			return call(message, (stream) -> stream.send(message));
		}

		@Override
		public <T> CompletableFuture<T> recv(Class<T> type) {
			return HealingConnection.this.current.lastAsync()
				.thenCompose((connection) -> connection.async().recv(type));
		}

		@Override
		public <T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType) {
			return call(request, (stream) -> stream.sendRecv(request, replyType));
		}

	}

}
