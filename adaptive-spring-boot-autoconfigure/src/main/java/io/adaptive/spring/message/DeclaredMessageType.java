package io.adaptive.spring.message;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.util.Arrays;

import io.adaptive.message.MessageType;
import io.adaptive.stream.MessageStream;
import org.springframework.core.ResolvableType;

/**
 * The message type that a parameter or a result declares, with its type arguments: type
 * variables are those of the declaring class, a wildcard stands for its bound.
 */
public final class DeclaredMessageType {

	private DeclaredMessageType() {
	}

	/**
	 * Returns the message type.
	 * @param declared the declared type of a parameter or a result
	 * @return the type
	 */
	public static MessageType<?> of(ResolvableType declared) {
		return MessageType.of(resolved(declared));
	}

	/**
	 * Returns whether a type is a message type.
	 * @param declared the declared type of a parameter or a result
	 * @return {@code false} for {@code Object}, {@code void}, streams, and types that are
	 * neither concrete nor sealed
	 */
	public static boolean isMessage(ResolvableType declared) {
		Class<?> type = declared.toClass();
		return type != Object.class && type != Void.class && type != void.class
				&& !MessageStream.class.isAssignableFrom(type) && !MessageType.of(type).memberNames().isEmpty();
	}

	private static Type resolved(ResolvableType declared) {
		if (declared.isArray()) {
			Type component = resolved(declared.getComponentType());
			return (component instanceof Class<?> type) ? type.arrayType() : new GenericArray(component);
		}
		Class<?> type = declared.toClass();
		if (!declared.hasGenerics()) {
			return type;
		}
		ResolvableType[] arguments = Arrays.stream(declared.getGenerics())
			.map((argument) -> ResolvableType.forType(resolved(argument)))
			.toArray(ResolvableType[]::new);
		return ResolvableType.forClassWithGenerics(type, arguments).getType();
	}

	/**
	 * An array of a type with type arguments.
	 */
	private record GenericArray(Type component) implements GenericArrayType {

		@Override
		public Type getGenericComponentType() {
			return this.component;
		}

	}

}
