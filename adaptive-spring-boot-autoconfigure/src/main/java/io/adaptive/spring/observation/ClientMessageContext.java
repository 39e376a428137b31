package io.adaptive.spring.observation;

import java.util.function.Function;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * The observation context of a message sent by a client.
 */
public final class ClientMessageContext extends SenderContext<TraceHeaders> {

	private final ObservedMessage message;

	private @Nullable KeyValues highKeyValues;

	/**
	 * Creates the context of a message.
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
	 * Returns the observed message.
	 * @return the message
	 */
	public ObservedMessage message() {
		return this.message;
	}

	/**
	 * Returns the outcome.
	 * @return the code of the error, {@link ErrorCode#OK} without one
	 */
	public ErrorCode outcome() {
		Throwable error = getError();
		return (error != null) ? ErrorInfo.of(error, "").code() : ErrorCode.OK;
	}

	/**
	 * Returns the key values, computed once, because an observation requests them at its
	 * start and its end.
	 */
	KeyValues highKeyValues(Function<ObservedMessage, KeyValues> describing) {
		KeyValues values = this.highKeyValues;
		if (values == null) {
			values = describing.apply(this.message);
			this.highKeyValues = values;
		}
		return values;
	}

}
