package io.adaptive.stream;

import io.adaptive.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a service remembers about one stream: one object, set as a rule when the stream
 * opens, and values by type. Handlers of one stream may use it at the same time.
 */
public interface StreamContext {

	/**
	 * Returns the connection of the stream.
	 * @return what is known of it
	 */
	ConnectionInfo connection();

	/**
	 * Returns the stream's number on its connection.
	 * @return the stream id
	 */
	int streamId();

	/**
	 * Returns the object.
	 * @return the object, {@code null} if none is set
	 */
	@Nullable Object get();

	/**
	 * Sets the object.
	 * @param object the object, {@code null} for none
	 */
	void set(@Nullable Object object);

	/**
	 * Returns the value of a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the value, {@code null} if none is put
	 */
	<T> @Nullable T get(Class<T> type);

	/**
	 * Puts the value of a type.
	 * @param <T> the type
	 * @param type the type
	 * @param value the value
	 * @return the value before, {@code null} if there was none
	 */
	<T> @Nullable T put(Class<T> type, T value);

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
	void closeConnection(ErrorCode code, String reason);

}
