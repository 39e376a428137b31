package io.adaptive.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.MessageType;
import io.adaptive.message.TypeReference;

/**
 * An independent conversation over a connection, with its own order and its own inbox.
 * <p>
 * All methods may be called from any thread but an event loop's, which the blocking ones
 * refuse with {@link IllegalStateException}. What one thread sends arrives in the order
 * it was sent. A connection that is lost ends all its streams: who waits in one is woken.
 * <p>
 * An interrupt ends a wait with an {@link AdaptiveException} of code {@code CANCELLED}
 * and leaves the thread's interrupt flag set.
 */
public interface MessageStream extends AutoCloseable {

	/**
	 * Sends a message one way, and returns when there was credit for it. It reaches the
	 * service's handler for its type or, in an open conversation, the peer's
	 * {@link #recv}. An exception is raised by the peer's {@code recv}.
	 * <p>
	 * What the handler returns or fails with holds up no later message. A stream opened
	 * by {@link Connection#newStream()} and a connection that does not discover by itself
	 * keep a bounded number of such answers for {@code recv}; others keep none.
	 * @param message the message, or an exception
	 * @throws io.adaptive.message.MessageTooLargeException if the peer does not accept a
	 * message of this size
	 * @throws io.adaptive.message.MessageCodecException if it cannot be encoded
	 * @throws io.adaptive.message.StreamResetException if the stream is closed
	 * @throws io.adaptive.message.ConnectionLostException if the connection is gone
	 */
	void send(Object message);

	/**
	 * Sends a message one way, with a priority or a timeout of its own.
	 * @param message the message, or an exception
	 * @param settings how to treat it; a timeout limits the wait for credit
	 * @throws io.adaptive.message.AdaptiveException if there was no credit in time; then
	 * it was not sent
	 * @see #send(Object)
	 */
	void send(Object message, CallSettings settings);

	/**
	 * Tells whether a publisher that does not wait should send: the stream has not ended,
	 * and no message waits for credit on it. So it is {@code false} from the moment that
	 * a send has to wait until all that waits has left, and for good once the stream has
	 * ended. It is a snapshot: a send right after {@code true} may still have to wait, if
	 * its message is larger than the credit that is left or other threads send. One-way
	 * messages, messages of conversations and calls count alike.
	 * <p>
	 * On a connection that discovers by itself it is {@code false} as well while there is
	 * no instance, which this then begins to look for. Never blocks; for any thread.
	 * @return whether nothing waits for credit
	 * @see AsyncStream#whenWritable()
	 * @see ReactiveStream#whenWritable()
	 */
	boolean isWritable();

	/**
	 * Waits for the next message of this stream.
	 * @param <T> the type
	 * @param type what to accept; for a sealed type, any of its concrete types. With
	 * {@code Object.class} any message that this program knows by its name: a registered
	 * type or a value of the JDK; within a process, any at all
	 * @return the message
	 * @throws io.adaptive.message.EndOfStreamException if the peer ended the stream
	 * @throws io.adaptive.message.StreamResetException if the stream was broken off
	 * @throws io.adaptive.message.ReceiveTimeoutException if none came in time
	 * @throws io.adaptive.message.RemoteException if the peer sent an exception, or a
	 * handler of a one-way message failed; with {@code DATA_LOSS} in place of answers to
	 * one-way messages that were dropped, since they were not received in time
	 * @throws io.adaptive.message.MessageTypeMismatchException if the next message is of
	 * another type
	 * @throws io.adaptive.message.ConnectionLostException if the connection is gone
	 */
	default <T> T recv(Class<T> type) {
		return recv(MessageType.of(type));
	}

	/**
	 * Waits for the next message of this stream, of a type with type arguments.
	 * @param <T> the type
	 * @param type what to accept, such as {@code new TypeReference<List<Item>>() { }}
	 * @return the message
	 * @see #recv(Class)
	 */
	default <T> T recv(TypeReference<T> type) {
		return recv(type.messageType());
	}

	/**
	 * Waits for the next message of this stream.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the message
	 * @see #recv(Class)
	 */
	<T> T recv(MessageType<T> type);

	/**
	 * Sends a request and waits for its answer. Any number of threads may do so on one
	 * stream at the same time; each gets the answer to its own request.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept, as in {@link #recv}; with {@code Void.class} the
	 * answer is not looked at, whatever the handler returns
	 * @return the answer; {@code null} only for {@code Void.class}, and for
	 * {@code Object.class} if the handler returned nothing
	 * @throws io.adaptive.message.RemoteException if the handler failed or there is none
	 * @throws io.adaptive.message.ReceiveTimeoutException if no answer came in time
	 * @throws io.adaptive.message.MessageTypeMismatchException if the answer is of
	 * another type
	 * @throws io.adaptive.message.AdaptiveException as {@link #send} does
	 */
	default <T> T sendRecv(Object request, Class<T> replyType) {
		return sendRecv(request, MessageType.of(replyType), CallSettings.DEFAULT);
	}

	/**
	 * Sends a request and waits for its answer, of a type with type arguments.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept, such as {@code new TypeReference<List<Item>>() {
	 * }}
	 * @return the answer
	 * @see #sendRecv(Object, Class)
	 */
	default <T> T sendRecv(Object request, TypeReference<T> replyType) {
		return sendRecv(request, replyType.messageType(), CallSettings.DEFAULT);
	}

	/**
	 * Sends a request that is treated otherwise than usual, and waits for its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @param settings how to treat it
	 * @return the answer; {@code null} only for {@code Void.class}, and where the
	 * settings allow it
	 * @see #sendRecv(Object, Class)
	 */
	default <T> T sendRecv(Object request, Class<T> replyType, CallSettings settings) {
		return sendRecv(request, MessageType.of(replyType), settings);
	}

	/**
	 * Sends a request that is treated otherwise than usual, and waits for its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @param settings how to treat it
	 * @return the answer; {@code null} only for {@code Void.class}, and where the
	 * settings allow it
	 * @see #sendRecv(Object, Class)
	 */
	<T> T sendRecv(Object request, MessageType<T> replyType, CallSettings settings);

	/**
	 * Returns the same three calls as futures.
	 * @return the asynchronous form
	 */
	AsyncStream async();

	/**
	 * Returns the same three calls for Reactor.
	 * @return the reactive form
	 */
	ReactiveStream reactive();

	/**
	 * Returns the bytes that the peer writes to its {@link #outputStream()}. The stream
	 * should carry nothing else meanwhile.
	 * @return the bytes, for one thread
	 */
	InputStream inputStream();

	/**
	 * Returns where to write bytes for the peer's {@link #inputStream()}. Closing it ends
	 * the bytes, not the stream.
	 * @return takes the bytes, for one thread; waits for credit
	 */
	OutputStream outputStream();

	/**
	 * Sets how long {@link #recv} and {@link #sendRecv} wait, for all threads that use
	 * this stream.
	 * @param timeout the time, zero (the default) for no limit
	 */
	void setReceiveTimeout(Duration timeout);

	/**
	 * Ends the stream in both directions. What this side sent before is delivered; what
	 * comes after is dropped. Closing twice does nothing.
	 */
	@Override
	void close();

}
