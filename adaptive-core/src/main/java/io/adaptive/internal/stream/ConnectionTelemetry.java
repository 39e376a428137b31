package io.adaptive.internal.stream;

import io.adaptive.internal.trace.MessageTracer;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.MessageObserver;

/**
 * Who is told of the messages of a connection.
 *
 * @param tracer records traced conversations
 * @param observer watches messages
 */
public record ConnectionTelemetry(MessageTracer tracer, MessageObserver observer) {

	/** Nobody is told. */
	public static final ConnectionTelemetry NONE = new ConnectionTelemetry(MessageTracer.NONE, MessageObserver.NONE);

	/**
	 * Returns what holds for connections of a service: nobody is told of the messages of
	 * builtin ones, through which telling itself works.
	 * @param service the service
	 * @return this, or {@link #NONE}
	 */
	public ConnectionTelemetry of(ServiceName service) {
		return service.isBuiltin() ? NONE : this;
	}

}
