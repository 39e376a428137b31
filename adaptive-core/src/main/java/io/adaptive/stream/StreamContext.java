package io.adaptive.stream;

import io.adaptive.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The state of a service for one stream: one object, usually set when the stream is
 * opened, and values by type. Handlers of one stream can use it concurrently.
 */
public interface StreamContext {

	/**
	 * Returns information about the connection of the stream.
	 * @return the information
	 */
	ConnectionInfo connection();

	/**
	 * Returns the id of the stream on its connection.
	 * @return the stream id
	 */
	int streamId();

	/**
	 * Returns the object of the stream.
	 * @return the object, {@code null} if none is set
	 */
	@Nullable Object get();

	/**
	 * Sets the object of the stream.
	 * @param object the object, {@code null} for none
	 */
	void set(@Nullable Object object);

	/**
	 * Returns the value of a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the value, {@code null} if there is none
	 */
	<T> @Nullable T get(Class<T> type);

	/**
	 * Sets the value of a type.
	 * @param <T> the type
	 * @param type the type
	 * @param value the value
	 * @return the previous value, {@code null} if there was none
	 */
	<T> @Nullable T put(Class<T> type, T value);

	/**
	 * Closes the connection of the stream, after the messages sent before were written,
	 * and sends the reason to the peer. Pending calls of the peer, and the other streams
	 * of both ends, fail with a {@link io.adaptive.message.ConnectionLostException} with
	 * this reason. Messages waiting for a handler are dropped. The origin of the reason
	 * names this service and node. Has no effect if the connection has ended. Never
	 * blocks; callable by any thread.
	 * @param code the error code, other than {@link ErrorCode#OK}
	 * @param reason the reason, as text; control characters are replaced by {@code ?},
	 * and the text is truncated to 1,000 characters
	 * @throws IllegalArgumentException if the code is {@link ErrorCode#OK}
	 */
	void closeConnection(ErrorCode code, String reason);

}
