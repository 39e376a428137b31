package io.adaptive.spring.observation;

import java.util.function.Function;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * The observation context of a handled message.
 */
public final class ServerMessageContext extends ReceiverContext<TraceHeaders> {

	private final ObservedMessage message;

	private @Nullable KeyValues highKeyValues;

	/**
	 * Creates the context of a message. The sender is known as a node only, so the remote
	 * service has no name; the service of the connection is the one that handles the
	 * message.
	 * @param message the message
	 */
	public ServerMessageContext(ObservedMessage message) {
		super((headers, name) -> headers.get(name), message.call() ? Kind.SERVER : Kind.CONSUMER);
		this.message = message;
		setCarrier(TraceHeaders.of(message.headers().traceContext()));
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
