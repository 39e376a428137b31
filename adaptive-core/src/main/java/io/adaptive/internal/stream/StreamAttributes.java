package io.adaptive.internal.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * The {@link StreamContext} of one stream.
 */
public final class StreamAttributes implements StreamContext {

	private final ConnectionInfo connection;

	private final int streamId;

	private final Consumer<ErrorInfo> closing;

	/** Created with the first value, since most streams have none. */
	private volatile @Nullable Map<Class<?>, Object> values;

	private volatile @Nullable Object object;

	StreamAttributes(ConnectionInfo connection, int streamId, Consumer<ErrorInfo> closing) {
		this.closing = closing;
		this.connection = connection;
		this.streamId = streamId;
	}

	@Override
	public ConnectionInfo connection() {
		return this.connection;
	}

	@Override
	public int streamId() {
		return this.streamId;
	}

	@Override
	public @Nullable Object get() {
		return this.object;
	}

	@Override
	public void set(@Nullable Object object) {
		this.object = object;
	}

	@Override
	public <T> @Nullable T get(Class<T> type) {
		Map<Class<?>, Object> current = this.values;
		return (current != null) ? type.cast(current.get(type)) : null;
	}

	@Override
	public <T> @Nullable T put(Class<T> type, T value) {
		return type.cast(makeValues().put(type, value));
	}

	private synchronized Map<Class<?>, Object> makeValues() {
		Map<Class<?>, Object> current = this.values;
		if (current == null) {
			current = new ConcurrentHashMap<>();
			this.values = current;
		}
		return current;
	}

	@Override
	public void closeConnection(ErrorCode code, String reason) {
		if (code == ErrorCode.OK) {
			throw new IllegalArgumentException("A connection is not closed for the reason OK");
		}
		this.closing.accept(new ErrorInfo(code, reason).printable());
	}

	@Override
	public String toString() {
		return "context of stream %s of %s".formatted(this.streamId, this.connection.service());
	}

}
