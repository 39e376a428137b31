package io.adaptive.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageType;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a received item for a blocking caller, which waits no longer than its deadline.
 * Decoding runs code of the application, such as constructors, and cannot be stopped.
 *
 * @param <T> the type of the message
 */
final class TimedDecoding<T> {

	private final ConnectionState connection;

	private final MessageType<T> type;

	private final OperationFuture.Mapping<InboxItem, T> decoding;

	TimedDecoding(ConnectionState connection, MessageType<T> type, OperationFuture.Mapping<InboxItem, T> decoding) {
		this.connection = connection;
		this.type = type;
		this.decoding = decoding;
	}

	/**
	 * Decodes an item.
	 * @return the message, {@code null} for an acknowledgement
	 * @throws ReceiveTimeoutException if the deadline passed; the decoding goes on, and
	 * its result is dropped
	 * @throws AdaptiveException if the item is no message of the type, or the thread was
	 * interrupted
	 */
	@Nullable T decode(InboxItem item, WaitDeadline deadline) {
		Payload payload = item.content();
		if (!deadline.limited() || payload == null || this.type.javaType() == Void.class) {
			return this.decoding.map(item);
		}
		if (this.connection.quickTypes().contains(this.type, payload)) {
			// A message without a size is passed by reference, which costs less than the
			// measurement.
			return (payload.size() == 0) ? this.decoding.map(item) : measured(item, payload);
		}
		if (!this.connection.timedDecodings().tryAcquire()) {
			return measured(item, payload);
		}
		return await(begin(item, payload), deadline);
	}

	private @Nullable T measured(InboxItem item, Payload payload) {
		long start = System.nanoTime();
		T message = this.decoding.map(item);
		this.connection.quickTypes().decoded(this.type, payload, System.nanoTime() - start);
		return message;
	}

	private CompletableFuture<@Nullable T> begin(InboxItem item, Payload payload) {
		Executor callbacks = PropagatedContext.following(this.connection.callbacks());
		CompletableFuture<@Nullable T> decoded = new CompletableFuture<>();
		Runnable work = () -> {
			try {
				decoded.complete(measured(item, payload));
			}
			catch (Throwable ex) {
				decoded.completeExceptionally(ex);
			}
			finally {
				this.connection.timedDecodings().release();
			}
		};
		try {
			callbacks.execute(work);
		}
		catch (RuntimeException | Error ex) {
			this.connection.timedDecodings().release();
			throw ex;
		}
		return decoded;
	}

	private @Nullable T await(CompletableFuture<@Nullable T> decoded, WaitDeadline deadline) {
		try {
			return decoded.get(Math.max(0, deadline.leftNanos()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new ReceiveTimeoutException(late(deadline));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			Operation.checkInterrupt("answer", Delivery.UNKNOWN);
			throw new IllegalStateException(ex);
		}
		catch (ExecutionException ex) {
			throw rethrown(ex);
		}
	}

	/**
	 * Returns the text of the error of a message that is not decoded in time.
	 */
	static String late(WaitDeadline deadline) {
		return "The message came, but was not decoded within %s ms".formatted(deadline.millis());
	}

	private static RuntimeException rethrown(ExecutionException wrapper) {
		Throwable cause = wrapper.getCause();
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof RuntimeException usual) ? usual : new IllegalStateException(wrapper);
	}

}
