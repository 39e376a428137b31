package io.adaptive.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceName;
import io.adaptive.message.StreamResetException;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ReactiveStream;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made when it is needed, and again when it was lost.
 */
final class LazyConnection implements Connection {

	private final ServiceName service;

	private final AdaptiveClient client;

	private final CompletableFuture<?> stop;

	private final ReentrantLock discovering = new ReentrantLock();

	private volatile @Nullable Connection current;

	private volatile Duration receiveTimeout = Duration.ZERO;

	private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

	private final AsyncStream async = new LazyAsync();

	LazyConnection(ServiceName service, AdaptiveClient client, CompletableFuture<?> stop) {
		this.service = service;
		this.client = client;
		this.stop = CompletableFuture.anyOf(stop, this.closed);
	}

	private Connection connected() {
		Connection connection = this.current;
		return (connection != null && connection.isOpen()) ? connection : discover();
	}

	private Connection discover() {
		this.discovering.lock();
		try {
			Connection connection = this.current;
			if (connection != null && connection.isOpen()) {
				return connection;
			}
			checkOpen();
			connection = this.client.discover(this.service, this.stop);
			connection.setReceiveTimeout(this.receiveTimeout);
			this.current = connection;
			if (this.closed.isDone()) {
				connection.close();
			}
			checkOpen();
			return connection;
		}
		finally {
			this.discovering.unlock();
		}
	}

	private void checkOpen() {
		if (this.closed.isDone()) {
			throw new StreamResetException(new ErrorInfo(ErrorCode.CANCELLED, this + " is closed"));
		}
	}

	@Override
	public void send(Object message) {
		connected().send(message);
	}

	/**
	 * Receives from the connection that was used last, so that what it still holds, and
	 * the reason of its loss, are not passed over.
	 */
	@Override
	public <T> T recv(Class<T> type) {
		Connection connection = this.current;
		return ((connection != null) ? connection : connected()).recv(type);
	}

	@Override
	public <T> T sendRecv(Object request, Class<T> replyType) {
		return connected().sendRecv(request, replyType);
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
		return connected().newStream();
	}

	@Override
	public InputStream inputStream() {
		return connected().inputStream();
	}

	@Override
	public OutputStream outputStream() {
		return connected().outputStream();
	}

	@Override
	public void setReceiveTimeout(Duration timeout) {
		this.receiveTimeout = timeout;
		Connection connection = this.current;
		if (connection != null) {
			connection.setReceiveTimeout(timeout);
		}
	}

	@Override
	public boolean isOpen() {
		return !this.closed.isDone();
	}

	@Override
	public ConnectionInfo info() {
		return connected().info();
	}

	@Override
	public void close() {
		this.closed.complete(null);
		Connection connection = this.current;
		if (connection != null) {
			connection.close();
		}
	}

	@Override
	public String toString() {
		Connection connection = this.current;
		return (connection != null) ? connection.toString() : "connection to %s, not used yet".formatted(this.service);
	}

	/**
	 * Discovers, where that is needed, on a thread of its own: it may take for ever, and
	 * the caller does not wait.
	 */
	private final class LazyAsync implements AsyncStream {

		private <T extends @Nullable Object> CompletableFuture<T> whenConnected(
				Function<AsyncStream, CompletableFuture<T>> call) {
			Connection connection = LazyConnection.this.current;
			if (connection != null && connection.isOpen()) {
				return call.apply(connection.async());
			}
			return CompletableFuture.supplyAsync(LazyConnection.this::connected, (work) -> {
				Thread thread = new Thread(work, "adaptive-discover");
				thread.setDaemon(true);
				thread.start();
			}).thenCompose((connected) -> call.apply(connected.async()));
		}

		@Override
		public CompletableFuture<@Nullable Void> send(Object message) {
			return whenConnected((stream) -> stream.send(message));
		}

		@Override
		public <T> CompletableFuture<T> recv(Class<T> type) {
			Connection connection = LazyConnection.this.current;
			return (connection != null) ? connection.async().recv(type) : whenConnected((stream) -> stream.recv(type));
		}

		@Override
		public <T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType) {
			return whenConnected((stream) -> stream.sendRecv(request, replyType));
		}

	}

}
