package io.adaptive.client;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceName;
import io.adaptive.message.StreamResetException;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made when it is needed, and again when it was lost.
 */
final class LazyConnection implements Connection {

	private final ServiceName service;

	private final AdaptiveClient client;

	private final ReentrantLock discovering = new ReentrantLock();

	private volatile @Nullable Connection current;

	private volatile Duration receiveTimeout = Duration.ZERO;

	private volatile boolean closed;

	LazyConnection(ServiceName service, AdaptiveClient client) {
		this.service = service;
		this.client = client;
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
			connection = this.client.discover(this.service);
			connection.setReceiveTimeout(this.receiveTimeout);
			this.current = connection;
			if (this.closed) {
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
		if (this.closed) {
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
	public MessageStream newStream() {
		return connected().newStream();
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
		return !this.closed;
	}

	@Override
	public ConnectionInfo info() {
		return connected().info();
	}

	@Override
	public void close() {
		this.closed = true;
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

}
