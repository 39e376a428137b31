package io.adaptive.message;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A reference to a message type with type arguments, which a class literal cannot
 * express: {@code new TypeReference<List<Item>>() { }}.
 *
 * @param <T> the type
 */
public abstract class TypeReference<T> {

	private final MessageType<T> messageType;

	/**
	 * Creates a reference from the type argument of the subclass.
	 * @throws IllegalArgumentException if the subclass has no type argument
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
	 * Returns the message type.
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
