package io.adaptive.internal.stream;

import io.adaptive.internal.trace.MessageTracer;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.MessageObserver;

/**
 * The receivers of the telemetry of a connection.
 *
 * @param tracer records traced conversations
 * @param observer observes messages
 */
public record ConnectionTelemetry(MessageTracer tracer, MessageObserver observer) {

	/** No telemetry. */
	public static final ConnectionTelemetry NONE = new ConnectionTelemetry(MessageTracer.NONE, MessageObserver.NONE);

	/**
	 * Returns the telemetry for connections of a service: none for builtin services,
	 * which transport the telemetry itself.
	 * @param service the service
	 * @return this, or {@link #NONE}
	 */
	public ConnectionTelemetry of(ServiceName service) {
		return service.isBuiltin() ? NONE : this;
	}

}
