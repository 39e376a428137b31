package io.adaptive.spi;

import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;

/**
 * A payload that refers to the message object, either before it is encoded or when it is
 * passed within the process.
 *
 * @param message the message
 */
public record ReferencePayload(Object message) implements Payload {

	@Override
	public String typeName() {
		return MessageType.of(this.message.getClass()).name();
	}

	@Override
	public int size() {
		return 0;
	}

	@Override
	public Class<?> knownType() {
		return this.message.getClass();
	}

	@Override
	public <T> T decode(MessageType<T> messageType) {
		Class<T> type = messageType.javaType();
		if (!type.isInstance(this.message)) {
			throw new MessageCodecException(Delivery.NOT_PROCESSED,
					"Message %s is a class of %s here and of %s at its sender, two class loaders".formatted(typeName(),
							type.getClassLoader(), this.message.getClass().getClassLoader()),
					null);
		}
		return type.cast(this.message);
	}

}
