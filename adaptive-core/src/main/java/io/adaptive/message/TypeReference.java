package io.adaptive.message;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a message type with type arguments, which a class literal cannot: {@code new
 * TypeReference<List<Item>>() { }}.
 *
 * @param <T> the type
 */
public abstract class TypeReference<T> {

	private final MessageType<T> messageType;

	/**
	 * Reads the type argument of the subclass.
	 * @throws IllegalArgumentException if the subclass gives none
	 */
	@SuppressWarnings("unchecked")
	protected TypeReference() {
		if (!(getClass().getGenericSuperclass() instanceof ParameterizedType reference)) {
			throw new IllegalArgumentException(
					"%s names no type; write new TypeReference<List<Item>>() { }".formatted(getClass().getName()));
		}
		Type type = reference.getActualTypeArguments()[0];
		this.messageType = (MessageType<T>) MessageType.of(type);
	}

	/**
	 * Returns the type as a message.
	 * @return the message type
	 */
	public final MessageType<T> messageType() {
		return this.messageType;
	}

	@Override
	public final String toString() {
		return this.messageType.genericType().getTypeName();
	}

}
