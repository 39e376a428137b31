package io.adaptive.internal.trace;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.message.ErrorInfo;
import io.adaptive.message.RemoteException;
import io.adaptive.message.TraceTag;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides which messages of a node are traced, and records their events. Thread-safe.
 */
public final class MessageTracer {

	/** A tracer that traces no messages. */
	public static final MessageTracer NONE = new MessageTracer(null, (record) -> {
	}, InstantSource.system());

	private final @Nullable TraceMarks marks;

	private final TraceSink sink;

	private final InstantSource clock;

	private final AtomicLong recorded = new AtomicLong();

	private MessageTracer(@Nullable TraceMarks marks, TraceSink sink, InstantSource clock) {
		this.marks = marks;
		this.sink = sink;
		this.clock = clock;
	}

	/**
	 * Creates the tracer of a node.
	 * @param marks the node's marks
	 * @param sink receives the records
	 * @param clock the clock for the time of records
	 * @return the tracer
	 */
	public static MessageTracer of(TraceMarks marks, TraceSink sink, InstantSource clock) {
		return new MessageTracer(marks, sink, clock);
	}

	/**
	 * Returns the tag of a message that a client is about to send.
	 * @param message the message
	 * @param within the tag of the handler that sends it, {@code null} outside of
	 * handlers and in those of messages that are not traced
	 * @return the message's tag with a hop of its own, {@code null} if it is not traced
	 */
	public @Nullable TraceTag begin(Object message, @Nullable TraceTag within) {
		if (within != null) {
			return within.next();
		}
		return (this.marks != null) ? this.marks.start(message) : null;
	}

	/**
	 * Records an event of a traced message. Never fails and never waits.
	 * @param event the event
	 * @param tag the message's tag
	 * @param parentHop the hop of the message whose handling sent it, 0 where that is
	 * unknown or there is none
	 * @param connection the message's connection
	 * @param messageType the name of the message's type, empty for an acknowledgement
	 * @param content the message, a {@link Throwable} or an {@link ErrorInfo}, {@code
	 * null} for an acknowledgement
	 */
	public void record(TraceEvent event, TraceTag tag, long parentHop, TracedConnection connection, String messageType,
			@Nullable Object content) {
		if (this.marks == null) {
			return;
		}
		this.sink.accept(new TraceRecord(tag.token(), tag.hop(), parentHop, event, this.clock.instant(),
				connection.self().provider().value(), connection.service().toString(), connection.address(),
				messageType, textOf(content), kindOf(event, content), connection.scope(), connection.self().toString(),
				connection.peer().toString(), this.recorded.getAndIncrement()));
	}

	private static TraceRecord.Content kindOf(TraceEvent event, @Nullable Object content) {
		if (content == null) {
			return TraceRecord.Content.ACKNOWLEDGEMENT;
		}
		if (content instanceof Throwable && !(content instanceof RemoteException) && event == TraceEvent.CLIENT_RECV) {
			return TraceRecord.Content.FAILURE;
		}
		return (content instanceof Throwable || content instanceof ErrorInfo) ? TraceRecord.Content.ERROR
				: TraceRecord.Content.MESSAGE;
	}

	/**
	 * Returns the text of a message. Reading an application object may fail, which must
	 * not keep the message from being sent.
	 */
	private static String textOf(@Nullable Object content) {
		if (content == null) {
			return "";
		}
		try {
			return (content instanceof Throwable error) ? ErrorInfo.of(error, "").toString()
					: (content instanceof ErrorInfo) ? content.toString() : MessageText.of(content);
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			return "%s (%s)".formatted(content.getClass().getName(), ex.getClass().getSimpleName());
		}
	}

	/**
	 * Returns the number of recorded events.
	 * @return the number so far
	 */
	public long recorded() {
		return this.recorded.get();
	}

}
