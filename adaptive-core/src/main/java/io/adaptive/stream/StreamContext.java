package io.adaptive.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a service remembers about one stream: one object, set as a rule when the stream
 * opens, and values by type. Handlers of one stream may use it at the same time.
 */
public final class StreamContext {

	private final ConnectionInfo connection;

	private final int streamId;

	private final Consumer<ErrorInfo> closing;

	/** Made with the first value, since most streams have none. */
	private volatile @Nullable Map<Class<?>, Object> values;

	private volatile @Nullable Object object;

	StreamContext(ConnectionInfo connection, int streamId, Consumer<ErrorInfo> closing) {
		this.closing = closing;
		this.connection = connection;
		this.streamId = streamId;
	}

	/**
	 * Returns the connection of the stream.
	 * @return what is known of it
	 */
	public ConnectionInfo connection() {
		return this.connection;
	}

	/**
	 * Returns the stream's number on its connection.
	 * @return the stream id
	 */
	public int streamId() {
		return this.streamId;
	}

	/**
	 * Returns the object.
	 * @return the object, {@code null} if none is set
	 */
	public @Nullable Object get() {
		return this.object;
	}

	/**
	 * Sets the object.
	 * @param object the object, {@code null} for none
	 */
	public void set(@Nullable Object object) {
		this.object = object;
	}

	/**
	 * Returns the value of a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the value, {@code null} if none is put
	 */
	public <T> @Nullable T get(Class<T> type) {
		Map<Class<?>, Object> current = this.values;
		return (current != null) ? type.cast(current.get(type)) : null;
	}

	/**
	 * Puts the value of a type.
	 * @param <T> the type
	 * @param type the type
	 * @param value the value
	 * @return the value before, {@code null} if there was none
	 */
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

	/**
	 * Closes the whole connection of the stream, after what was sent before has left, and
	 * tells the peer why. Open calls of the peer fail with a
	 * {@link io.adaptive.message.ConnectionLostException} that has this reason, as do
	 * both ends' other streams; messages that wait for a handler are dropped. The origin
	 * of the reason names this service and node. Does nothing if the connection has
	 * ended. Never blocks; for any thread.
	 * @param code why, not {@link ErrorCode#OK}
	 * @param reason why, in words for people; control characters become {@code ?}, and
	 * the text is cut after 1,000 characters
	 * @throws IllegalArgumentException if the code is {@link ErrorCode#OK}
	 */
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
