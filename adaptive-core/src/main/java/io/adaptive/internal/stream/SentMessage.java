package io.adaptive.internal.stream;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.TraceTag;
import io.adaptive.stream.MessageObserver;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * A message sent by a client, whose outcome is reported to the tracer and the observer.
 * Only the first outcome counts.
 */
final class SentMessage {

	/** A message that is neither traced nor observed. */
	static final SentMessage UNWATCHED = new SentMessage(null, false, MessageHeaders.NONE, null);

	private final @Nullable MessageWatch watch;

	private final boolean call;

	private final MessageHeaders headers;

	private final MessageObserver.@Nullable Sending sending;

	private final AtomicBoolean ended = new AtomicBoolean();

	SentMessage(@Nullable MessageWatch watch, boolean call, MessageHeaders headers,
			MessageObserver.@Nullable Sending sending) {
		this.watch = watch;
		this.call = call;
		this.headers = headers;
		this.sending = sending;
	}

	MessageHeaders headers() {
		return this.headers;
	}

	/**
	 * Reports that the message has left or, if it is a call, was answered.
	 */
	void succeeded(@Nullable Object answer) {
		if (this.watch != null && this.ended.compareAndSet(false, true)) {
			TraceTag tag = this.headers.traceTag();
			if (tag != null && this.call) {
				this.watch.record(TraceEvent.CLIENT_RECV, tag, 0, answer);
			}
			tell(null);
		}
	}

	/**
	 * Reports that the message did not leave, or that the call failed.
	 */
	void failed(Throwable error) {
		if (this.watch != null && this.ended.compareAndSet(false, true)) {
			recordFailure(this.watch, error);
			tell(error);
		}
	}

	/**
	 * Reports that the caller no longer waits; the observer is notified on another
	 * thread.
	 * @param given the error with which the caller completed the future, {@code null} if
	 * that is no error
	 */
	void givenUp(@Nullable Throwable given, Executor callbacks) {
		if (this.watch != null && this.ended.compareAndSet(false, true)) {
			Throwable error = (given != null) ? given
					: new CancellationException("The caller completed the future itself");
			recordFailure(this.watch, error);
			try {
				callbacks.execute(() -> tell(error));
			}
			catch (RejectedExecutionException ex) {
				// The node is closing. This may be an event loop, which must not run
				// observers.
				CompletableFuture<?> unused = CompletableFuture.runAsync(() -> tell(error));
			}
		}
	}

	private void recordFailure(MessageWatch watch, Throwable error) {
		TraceTag tag = this.headers.traceTag();
		if (tag != null) {
			if (error instanceof AdaptiveException adaptive) {
				adaptive.traceTag(tag);
			}
			watch.record(TraceEvent.CLIENT_RECV, tag, 0, error);
		}
	}

	private void tell(@Nullable Throwable error) {
		if (this.sending != null) {
			this.sending.ended(error);
		}
	}

}
