package io.adaptive.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What a service remembers about one stream: one object, set as a rule when the stream
 * opens, and values by type. Handlers of one stream may use it at the same time.
 */
public final class StreamContext {

	private final ConnectionInfo connection;

	private final int streamId;

	private final Map<Class<?>, Object> values = new ConcurrentHashMap<>(0);

	private volatile @Nullable Object object;

	StreamContext(ConnectionInfo connection, int streamId) {
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
		return type.cast(this.values.get(type));
	}

	/**
	 * Puts the value of a type.
	 * @param <T> the type
	 * @param type the type
	 * @param value the value
	 * @return the value before, {@code null} if there was none
	 */
	public <T> @Nullable T put(Class<T> type, T value) {
		return type.cast(this.values.put(type, value));
	}

	@Override
	public String toString() {
		return "context of stream %d of %s".formatted(this.streamId, this.connection.service());
	}

}
