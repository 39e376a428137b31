package io.adaptive.spring.observation;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * A message that is handled, as an observation sees it.
 */
public final class ServerMessageContext extends ReceiverContext<TraceHeaders> {

	private final ObservedMessage message;

	private @Nullable KeyValues highKeyValues;

	/**
	 * Begins with a message. Who has sent it is known as a node only, so a remote service
	 * has no name: the service of the connection is the one that handles it.
	 * @param message the message
	 */
	public ServerMessageContext(ObservedMessage message) {
		super((headers, name) -> headers.get(name), message.call() ? Kind.SERVER : Kind.CONSUMER);
		this.message = message;
		setCarrier(TraceHeaders.of(message.headers().traceContext()));
	}

	/**
	 * Returns what is observed.
	 * @return the message
	 */
	public ObservedMessage message() {
		return this.message;
	}

	/**
	 * Returns how it ended.
	 * @return the code of the error, {@link ErrorCode#OK} without one
	 */
	public ErrorCode outcome() {
		Throwable error = getError();
		return (error != null) ? ErrorInfo.of(error, "").code() : ErrorCode.OK;
	}

	/**
	 * Describes the message once: an observation asks when it begins and when it ends.
	 */
	KeyValues highKeyValues(MessageKeyValues describing) {
		KeyValues values = this.highKeyValues;
		if (values == null) {
			values = describing.high(this.message);
			this.highKeyValues = values;
		}
		return values;
	}

}
