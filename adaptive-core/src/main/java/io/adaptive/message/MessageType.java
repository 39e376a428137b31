package io.adaptive.message;

import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * A Java type seen as a message: its name on the wire, and the concrete types that a
 * receiver who names it accepts (for a sealed type, all of its records).
 *
 * @param <T> the type
 */
public final class MessageType<T> {

	/** The longest name, in bytes of UTF-8. */
	public static final int MAX_NAME_BYTES = 255;

	private static final ClassValue<MessageType<?>> TYPES = new ClassValue<>() {
		@Override
		protected MessageType<?> computeValue(Class<?> type) {
			return new MessageType<>(type);
		}
	};

	private final Class<T> javaType;

	private final String name;

	private final boolean idempotent;

	private final Map<String, Class<? extends T>> members;

	private MessageType(Class<T> javaType) {
		this.javaType = javaType;
		this.name = nameOf(javaType);
		this.idempotent = javaType.isAnnotationPresent(Idempotent.class);
		this.members = Collections.unmodifiableMap(membersOf(javaType));
	}

	/**
	 * Returns the message type of a class.
	 * @param <T> the type
	 * @param javaType the class
	 * @return its message type, always the same
	 */
	@SuppressWarnings("unchecked")
	public static <T> MessageType<T> of(Class<T> javaType) {
		return (MessageType<T>) TYPES.get(declaringClass(javaType));
	}

	/**
	 * Returns the class that declares the objects of a class: the enum, for the class of
	 * a constant with a body, else the class itself.
	 * @param type the class of an object
	 * @return the class to name, announce and decode to
	 */
	public static Class<?> declaringClass(Class<?> type) {
		Class<?> parent = type.getSuperclass();
		return (parent != null && parent.isEnum()) ? parent : type;
	}

	private static String nameOf(Class<?> type) {
		Message message = type.getAnnotation(Message.class);
		String name = (message != null) ? message.value() : type.getName();
		int bytes = name.getBytes(StandardCharsets.UTF_8).length;
		if (bytes == 0 || bytes > MAX_NAME_BYTES || name.endsWith(".")) {
			throw new IllegalArgumentException(
					"The message name \"%s\" of %s has %d bytes; 1 to %d are allowed, the last of them not a dot"
						.formatted(name, type.getName(), bytes, MAX_NAME_BYTES));
		}
		return name;
	}

	private static <T> Map<String, Class<? extends T>> membersOf(Class<T> type) {
		Map<String, Class<? extends T>> members = new LinkedHashMap<>();
		if (type.isEnum() || !Modifier.isAbstract(type.getModifiers())) {
			members.put(nameOf(type), type);
		}
		if (type.isSealed() && !type.isEnum()) {
			for (Class<?> permitted : type.getPermittedSubclasses()) {
				membersOf(permitted.asSubclass(type)).forEach((name, member) -> {
					Class<? extends T> other = members.putIfAbsent(name, member);
					if (other != null) {
						throw new IllegalArgumentException("%s and %s of %s have the same message name \"%s\""
							.formatted(other.getName(), member.getName(), type.getName(), name));
					}
				});
			}
		}
		return members;
	}

	/**
	 * Returns the Java type.
	 * @return the class
	 */
	public Class<T> javaType() {
		return this.javaType;
	}

	/**
	 * Returns the name on the wire.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Tells whether handling a message of this type twice does no harm.
	 * @return whether the type says so
	 * @see Idempotent
	 */
	public boolean isIdempotent() {
		return this.idempotent;
	}

	/**
	 * Finds the concrete type to decode to.
	 * @param typeName the name of the message that arrived
	 * @return the concrete type, or {@code null} if this type does not accept it
	 */
	public @Nullable Class<? extends T> member(String typeName) {
		return this.members.get(typeName);
	}

	/**
	 * Returns all concrete types that are accepted.
	 * @return the types, none for an interface that is not sealed
	 */
	public Collection<Class<? extends T>> members() {
		return this.members.values();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
