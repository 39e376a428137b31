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
 * A message that a client sends, for those who want to know what becomes of it. The first
 * end counts, whoever tells it.
 */
final class SentMessage {

	/** Nobody wants to know. */
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
	 * The message has left or, if it is a call, was answered.
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
	 * The message did not leave, or the call failed.
	 */
	void failed(Throwable error) {
		if (this.watch != null && this.ended.compareAndSet(false, true)) {
			recordFailure(this.watch, error);
			tell(error);
		}
	}

	/**
	 * The caller waits no longer; told on a thread of its own.
	 * @param given what the caller completed the future with, {@code null} if that is no
	 * error
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
				// The node is closing; this may be an event loop, which no observer gets.
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
