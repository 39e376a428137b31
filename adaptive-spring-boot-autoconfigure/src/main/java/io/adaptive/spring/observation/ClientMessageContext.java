package io.adaptive.spring.observation;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * A message that a client sends, as an observation sees it.
 */
public final class ClientMessageContext extends SenderContext<TraceHeaders> {

	private final ObservedMessage message;

	private @Nullable KeyValues highKeyValues;

	/**
	 * Begins with a message.
	 * @param message the message
	 */
	public ClientMessageContext(ObservedMessage message) {
		super((headers, name, value) -> {
			if (headers != null) {
				headers.set(name, value);
			}
		}, message.call() ? Kind.CLIENT : Kind.PRODUCER);
		this.message = message;
		setCarrier(TraceHeaders.of(null));
		setRemoteServiceName(message.connection().service().toString());
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
