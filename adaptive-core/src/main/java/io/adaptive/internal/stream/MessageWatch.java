package io.adaptive.internal.stream;

import io.adaptive.internal.trace.MessageTracer;
import io.adaptive.internal.trace.TracedConnection;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.MessageType;
import io.adaptive.message.TraceContext;
import io.adaptive.message.TraceTag;
import io.adaptive.spi.Link;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the tracer and the observer of the messages of one connection.
 */
final class MessageWatch {

	private final MessageTracer tracer;

	private final MessageObserver observer;

	private final Link link;

	private final ConnectionInfo info;

	/** Created with the first traced message; most connections have none. */
	private volatile @Nullable TracedConnection traced;

	MessageWatch(ConnectionTelemetry telemetry, Link link, ConnectionInfo info) {
		this.tracer = telemetry.tracer();
		this.observer = telemetry.observer();
		this.link = link;
		this.info = info;
	}

	/**
	 * Notifies that a client is about to send a message.
	 * @param call whether it waits for an answer
	 */
	SentMessage sending(int stream, Object message, boolean call) {
		if (this.observer == MessageObserver.NONE && this.tracer == MessageTracer.NONE) {
			return SentMessage.UNWATCHED;
		}
		PropagatedContext context = PropagatedContext.current();
		TraceTag tag = begin(message, context);
		if (this.observer == MessageObserver.NONE) {
			return (tag != null) ? new SentMessage(this, call, MessageHeaders.of(null, tag), null)
					: SentMessage.UNWATCHED;
		}
		ObservedMessage observed = new ObservedMessage(this.info, this.link.self(), stream, typeName(message), call,
				MessageHeaders.of(null, tag));
		MessageObserver.Sending sending = this.observer.sending(observed,
				(context != null) ? context.handling() : null);
		if (tag == null && sending == null) {
			return SentMessage.UNWATCHED;
		}
		TraceContext traceContext = (sending != null) ? sending.context() : null;
		return new SentMessage(this, call, MessageHeaders.of(traceContext, tag), sending);
	}

	private @Nullable TraceTag begin(Object message, @Nullable PropagatedContext context) {
		TraceTag within = (context != null) ? context.tag() : null;
		TraceTag retried = (context != null) ? context.retried() : null;
		TraceTag tag = this.tracer.begin(message, (retried != null) ? retried : within);
		if (tag != null) {
			record(TraceEvent.CLIENT_SEND, tag, (within != null) ? within.hop() : 0, message);
		}
		return tag;
	}

	/**
	 * Returns the tag of a message that is pushed to a stream while another traced
	 * message is handled.
	 */
	@Nullable TraceTag pushing(Object message, TraceTag within) {
		return this.tracer.begin(message, within);
	}

	/**
	 * Notifies the observer that a message is about to be handled.
	 */
	MessageObserver.@Nullable Handling handling(int stream, String type, boolean call, MessageHeaders headers) {
		return (this.observer != MessageObserver.NONE)
				? this.observer.handling(new ObservedMessage(this.info, this.link.self(), stream, type, call, headers))
				: null;
	}

	/**
	 * Records an event of a traced message.
	 * @param content the message, an error, or {@code null} for an acknowledgement
	 */
	void record(TraceEvent event, TraceTag tag, long parentHop, @Nullable Object content) {
		if (this.tracer != MessageTracer.NONE) {
			String type = (content != null && isMessage(content)) ? typeName(content) : "";
			this.tracer.record(event, tag, parentHop, tracedConnection(), type, content);
		}
	}

	private static boolean isMessage(Object content) {
		return !(content instanceof Throwable || content instanceof ErrorInfo);
	}

	private static String typeName(Object message) {
		return MessageType.of(message.getClass()).name();
	}

	private TracedConnection tracedConnection() {
		TracedConnection current = this.traced;
		if (current == null) {
			current = new TracedConnection(this.info.service(), this.info.scope(), this.link.self(), this.info.peer(),
					this.info.endpoint().toString());
			this.traced = current;
		}
		return current;
	}

}
