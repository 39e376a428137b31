package io.adaptive.message;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * A Java type as a message type: its name on the wire, and the concrete types that a
 * receiver of this type accepts. For a sealed type these are all its permitted concrete
 * types.
 *
 * @param <T> the type
 */
public final class MessageType<T> {

	/** The maximum length of a name, in bytes of UTF-8. */
	public static final int MAX_NAME_BYTES = 255;

	private static final ClassValue<MessageType<?>> TYPES = new ClassValue<>() {
		@Override
		protected MessageType<?> computeValue(Class<?> type) {
			return new MessageType<>(type, type);
		}
	};

	/**
	 * The message type of a collection is its interface, independent of the
	 * implementation class.
	 */
	private static final List<Class<?>> KINDS = List.of(List.class, Set.class, Map.class);

	private final Class<T> javaType;

	private final Type genericType;

	private final String name;

	private final boolean idempotent;

	private final boolean container;

	private final Map<String, Class<? extends T>> members;

	private MessageType(Class<T> javaType, Type genericType) {
		this.javaType = javaType;
		this.genericType = genericType;
		this.name = nameOf(javaType);
		this.idempotent = javaType.isAnnotationPresent(Idempotent.class);
		this.container = javaType.isArray() || kindOf(javaType) != null || javaType == Collection.class
				|| javaType == Iterable.class || javaType == Optional.class;
		this.members = Collections.unmodifiableMap(membersOf(javaType));
	}

	/**
	 * Returns the message type of a class.
	 * @param <T> the type
	 * @param javaType the class
	 * @return the message type, the same object for each call
	 */
	@SuppressWarnings("unchecked")
	public static <T> MessageType<T> of(Class<T> javaType) {
		Class<?> type = javaType.isPrimitive() ? MethodType.methodType(javaType).wrap().returnType()
				: declaringClass(javaType);
		return (MessageType<T>) TYPES.get(type);
	}

	/**
	 * Returns the message type of a type with type arguments.
	 * @param type a class, a parameterized type or an array of one
	 * @return its message type
	 * @throws IllegalArgumentException if it is a type variable or a wildcard
	 * @see TypeReference
	 */
	public static MessageType<?> of(Type type) {
		if (type instanceof Class<?> javaType) {
			return of(javaType);
		}
		if (type instanceof ParameterizedType parameterized
				&& parameterized.getRawType() instanceof Class<?> javaType) {
			return new MessageType<>(javaType, type);
		}
		if (type instanceof GenericArrayType array) {
			return new MessageType<>(of(array.getGenericComponentType()).javaType().arrayType(), type);
		}
		throw new IllegalArgumentException("%s is no type that a message can be of".formatted(type.getTypeName()));
	}

	/**
	 * Checks that a message is not {@code null}.
	 * @param message the message
	 * @param place the method and the parameter that the message was passed to, such as
	 * {@code send(message)}
	 * @throws IllegalArgumentException if it is {@code null}
	 */
	public static void checkMessage(@Nullable Object message, String place) {
		if (message == null) {
			throw new IllegalArgumentException("There is no message: null was given for %s".formatted(place));
		}
	}

	/**
	 * Returns the declaring class of an object's class. For an enum constant with a body
	 * this is the enum, otherwise the class itself.
	 * @param type the class of an object
	 * @return the class that is named on the wire and decoded to
	 */
	public static Class<?> declaringClass(Class<?> type) {
		Class<?> parent = type.getSuperclass();
		return (parent != null && parent.isEnum()) ? parent : type;
	}

	private static String nameOf(Class<?> type) {
		if (type.isArray()) {
			return nameOf(type.getComponentType()) + "[]";
		}
		Class<?> kind = kindOf(type);
		return (kind != null) ? kind.getName() : ownNameOf(type);
	}

	/**
	 * Returns the collection interface of a collection, {@code null} for other types. The
	 * fields of a library's collection hold its elements. Those of a class that extends a
	 * complete collection of the JDK are values of their own, so that it is a message of
	 * its own, as one with a name is.
	 */
	private static @Nullable Class<?> kindOf(Class<?> type) {
		if (!isOfTheJdk(type) && (Modifier.isAbstract(type.getModifiers()) || type.isAnnotationPresent(Message.class)
				|| extendsCollectionOfTheJdk(type))) {
			return null;
		}
		return KINDS.stream().filter((kind) -> kind.isAssignableFrom(type)).findFirst().orElse(null);
	}

	private static boolean isOfTheJdk(Class<?> type) {
		return type.getName().startsWith("java.");
	}

	private static boolean extendsCollectionOfTheJdk(Class<?> type) {
		Class<?> parent = type;
		while (parent != null && !isOfTheJdk(parent)) {
			parent = parent.getSuperclass();
		}
		return parent != null && parent != Object.class && !Modifier.isAbstract(parent.getModifiers());
	}

	private static String ownNameOf(Class<?> type) {
		Message message = type.getAnnotation(Message.class);
		String name = (message != null) ? message.value() : type.getName();
		int bytes = name.getBytes(StandardCharsets.UTF_8).length;
		if (bytes == 0 || bytes > MAX_NAME_BYTES || name.endsWith(".")) {
			throw new IllegalArgumentException(
					"The message name \"%s\" of %s has %s bytes; 1 to %s are allowed, the last of them not a dot"
						.formatted(name, type.getName(), bytes, MAX_NAME_BYTES));
		}
		return name;
	}

	private static <T> Map<String, Class<? extends T>> membersOf(Class<T> type) {
		Map<String, Class<? extends T>> members = new LinkedHashMap<>();
		if (type == Collection.class || type == Iterable.class) {
			members.put(List.class.getName(), type);
			members.put(Set.class.getName(), type);
			return members;
		}
		if (type.isArray() || kindOf(type) != null) {
			members.put(nameOf(type), type);
			return members;
		}
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
	 * Returns the Java type with its type arguments.
	 * @return the type, the class itself if there are none
	 */
	public Type genericType() {
		return this.genericType;
	}

	/**
	 * Returns whether this type is a container: an array, an {@link Optional} or a
	 * collection, unless that is annotated with {@link Message} or extends a complete
	 * collection of the JDK.
	 * @return {@code true} for a container
	 */
	public boolean isContainer() {
		return this.container;
	}

	/**
	 * Returns the concrete type to decode to, with its type arguments.
	 * @param typeName the name of the received message
	 * @return the concrete type, or {@code null} if this type does not accept it
	 */
	public @Nullable MessageType<? extends T> memberType(String typeName) {
		Class<? extends T> member = member(typeName);
		if (member == null || member == this.javaType) {
			return (member != null) ? this : null;
		}
		return of(member);
	}

	/**
	 * Returns the name on the wire.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns whether messages of this type are idempotent, so that handling one twice is
	 * harmless.
	 * @return whether the type is annotated as idempotent
	 * @see Idempotent
	 */
	public boolean isIdempotent() {
		return this.idempotent;
	}

	/**
	 * Returns the concrete type to decode to.
	 * @param typeName the name of the received message
	 * @return the concrete type, or {@code null} if this type does not accept it
	 */
	public @Nullable Class<? extends T> member(String typeName) {
		return this.members.get(typeName);
	}

	/**
	 * Returns the names of all accepted message types.
	 * @return the names on the wire
	 */
	public Collection<String> memberNames() {
		return this.members.keySet();
	}

	/**
	 * Returns all accepted concrete types.
	 * @return the types; empty for an interface that is not sealed
	 */
	public Collection<Class<? extends T>> members() {
		return this.members.values();
	}

	@Override
	public String toString() {
		return (this.genericType == this.javaType) ? this.name : this.genericType.getTypeName();
	}

}
