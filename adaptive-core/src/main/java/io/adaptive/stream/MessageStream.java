package io.adaptive.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.MessageType;
import io.adaptive.message.TypeReference;

/**
 * An independent conversation over a connection, with its own order and inbox.
 * <p>
 * All methods can be called by any thread. On an event loop, blocking methods throw
 * {@link IllegalStateException}. Messages sent by one thread are received in the order of
 * sending. The loss of a connection ends all its streams, and waiting methods throw.
 * <p>
 * An interrupt ends a wait with an {@link AdaptiveException} of code {@code CANCELLED}
 * and leaves the interrupt flag of the thread set.
 */
public interface MessageStream extends AutoCloseable {

	/**
	 * Sends a one-way message. Returns when credit was available and the message was
	 * sent. The message is received by the handler of its type or, in an open
	 * conversation, by {@link #recv} of the peer. An exception sent as a message is
	 * thrown by {@code recv} of the peer.
	 * <p>
	 * The return value or failure of the handler does not delay later messages. A stream
	 * opened by {@link Connection#newStream()}, and a connection that does not reconnect,
	 * keep a bounded number of such answers for {@code recv}; others keep none.
	 * @param message the message, or an exception
	 * @throws io.adaptive.message.MessageTooLargeException if the message is larger than
	 * the peer accepts
	 * @throws io.adaptive.message.MessageCodecException if the message cannot be encoded
	 * @throws io.adaptive.message.StreamResetException if the stream is closed
	 * @throws io.adaptive.message.ConnectionLostException if the connection has ended
	 */
	void send(Object message);

	/**
	 * Sends a one-way message with settings.
	 * @param message the message, or an exception
	 * @param settings the settings, whose timeout limits the wait for credit
	 * @throws io.adaptive.message.AdaptiveException if no credit was available within the
	 * timeout; the message was not sent
	 * @see #send(Object)
	 */
	void send(Object message, CallSettings settings);

	/**
	 * Returns whether a message can probably be sent without waiting: the stream has not
	 * ended, and no message waits for credit on it. The result is {@code false} while any
	 * message waits, and after the stream has ended. One-way messages, messages of
	 * conversations and calls are all considered.
	 * <p>
	 * The result is a snapshot: a send after {@code true} may still wait, if its message
	 * is larger than the remaining credit or other threads send. On a reconnecting
	 * connection the result is also {@code false} while there is no instance, and the
	 * call starts to discover one. Never blocks; callable by any thread.
	 * @return {@code true} if no message waits for credit
	 * @see AsyncStream#whenWritable()
	 * @see ReactiveStream#whenWritable()
	 */
	boolean isWritable();

	/**
	 * Waits for the next message of this stream.
	 * @param <T> the type
	 * @param type the accepted type; for a sealed type, any of its concrete types.
	 * {@code Object.class} accepts registered types and values of the JDK; within a
	 * process, any message
	 * @return the message
	 * @throws io.adaptive.message.EndOfStreamException if the peer ended the stream
	 * @throws io.adaptive.message.StreamResetException if the stream was reset
	 * @throws io.adaptive.message.ReceiveTimeoutException if no message was received
	 * within the receive timeout
	 * @throws io.adaptive.message.RemoteException if the peer sent an exception, or a
	 * handler of a one-way message failed; with {@code DATA_LOSS} in place of answers to
	 * one-way messages that were dropped because they were not received in time
	 * @throws io.adaptive.message.MessageTypeMismatchException if the next message is of
	 * another type
	 * @throws io.adaptive.message.ConnectionLostException if the connection has ended
	 */
	default <T> T recv(Class<T> type) {
		return recv(MessageType.of(type));
	}

	/**
	 * Waits for the next message of this stream, of a type with type arguments.
	 * @param <T> the type
	 * @param type the accepted type, such as {@code new TypeReference<List<Item>>() { }}
	 * @return the message
	 * @see #recv(Class)
	 */
	default <T> T recv(TypeReference<T> type) {
		return recv(type.messageType());
	}

	/**
	 * Waits for the next message of this stream.
	 * @param <T> the type
	 * @param type the accepted type
	 * @return the message
	 * @see #recv(Class)
	 */
	<T> T recv(MessageType<T> type);

	/**
	 * Sends a request and waits for its answer. Several threads can call this method on
	 * one stream concurrently; each receives the answer to its own request.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType the accepted type, as for {@link #recv}; {@code Void.class}
	 * ignores the content of the answer
	 * @return the answer; {@code null} only for {@code Void.class}, and for
	 * {@code Object.class} if the handler returned nothing
	 * @throws io.adaptive.message.RemoteException if the handler failed or there is no
	 * handler
	 * @throws io.adaptive.message.ReceiveTimeoutException if no answer was received and
	 * decoded within the timeout; with {@code NOT_SENT} if the request was not encoded in
	 * time
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
	 * @param replyType the accepted type, such as {@code new TypeReference<List<Item>>()
	 * { }}
	 * @return the answer
	 * @see #sendRecv(Object, Class)
	 */
	default <T> T sendRecv(Object request, TypeReference<T> replyType) {
		return sendRecv(request, replyType.messageType(), CallSettings.DEFAULT);
	}

	/**
	 * Sends a request with settings and waits for its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType the accepted type
	 * @param settings the settings of the call
	 * @return the answer; {@code null} only for {@code Void.class}, and if the settings
	 * allow it
	 * @see #sendRecv(Object, Class)
	 */
	default <T> T sendRecv(Object request, Class<T> replyType, CallSettings settings) {
		return sendRecv(request, MessageType.of(replyType), settings);
	}

	/**
	 * Sends a request with settings and waits for its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType the accepted type
	 * @param settings the settings of the call
	 * @return the answer; {@code null} only for {@code Void.class}, and if the settings
	 * allow it
	 * @see #sendRecv(Object, Class)
	 */
	<T> T sendRecv(Object request, MessageType<T> replyType, CallSettings settings);

	/**
	 * Returns the asynchronous operations of this stream.
	 * @return the asynchronous form
	 */
	AsyncStream async();

	/**
	 * Returns the reactive operations of this stream.
	 * @return the reactive form
	 */
	ReactiveStream reactive();

	/**
	 * Returns an input stream of the bytes that the peer writes to its
	 * {@link #outputStream()}. The stream should carry nothing else in the meantime.
	 * @return the input stream, used by one thread at a time
	 */
	InputStream inputStream();

	/**
	 * Returns an output stream to the {@link #inputStream()} of the peer. Closing it ends
	 * the bytes, not the stream.
	 * @return the output stream, used by one thread at a time; writing waits for credit
	 */
	OutputStream outputStream();

	/**
	 * Sets the receive timeout of {@link #recv} and {@link #sendRecv}, for all threads
	 * that use this stream.
	 * @param timeout the timeout, zero (the default) for no limit
	 */
	void setReceiveTimeout(Duration timeout);

	/**
	 * Closes the stream in both directions. Messages that this side sent before are
	 * delivered; messages received afterwards are dropped. Closing again has no effect.
	 */
	@Override
	void close();

}
