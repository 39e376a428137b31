package io.adaptive.internal.wire;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.adaptive.message.MessageType;

/**
 * Finds what keeps a message type from being encoded, by its declaration alone and
 * without a codec, which takes long to make. Types of the JDK are left to the codec.
 */
public final class EncodingObstacle {

	/** Codecs that do not name types where a declaration tells them. */
	private static final Set<String> NAMELESS = Set.of("json", "cbor");

	private final Type message;

	private final RegisteredTypes registered;

	private EncodingObstacle(Type message, RegisteredTypes registered) {
		this.message = message;
		this.registered = registered;
	}

	/**
	 * Looks for the first obstacle.
	 * @param type a message type, with its type arguments
	 * @return what it is and where, in words; empty if nothing is known against the type
	 */
	public static Optional<String> of(Type type) {
		return of(type, RegisteredTypes.NONE);
	}

	/**
	 * Looks for the first obstacle.
	 * @param type a message type, with its type arguments
	 * @param registered what may stand where the type leaves it open
	 * @return what it is and where, in words; empty if nothing is known against the type
	 */
	public static Optional<String> of(Type type, RegisteredTypes registered) {
		EncodingObstacle obstacles = new EncodingObstacle(type, registered);
		Stream<String> elements = Stream.concat(
				obstacles.openIn(type).map((open) -> open("an element of " + type.getTypeName(), open)),
				ComponentTypes.refusalsIn(type, false, "an element of " + type.getTypeName()));
		return Stream.concat(elements, TypeClosure.of(type).stream().flatMap(obstacles::within)).findFirst();
	}

	private Stream<String> within(Class<?> member) {
		if (isInner(member)) {
			return Stream.of("%s%s belongs to an object around it; it has to be static".formatted(member.getName(),
					within(MemberPath.of(this.message, member))));
		}
		return member.isEnum() ? Stream.empty() : TypeClosure.fieldsOf(member).flatMap(this::within);
	}

	private Stream<String> within(Field field) {
		return Stream.concat(openIn(field.getGenericType()).map((open) -> open(placeOf(field), open)),
				refusedIn(field, false));
	}

	private Stream<String> refusedIn(Field field, boolean nameless) {
		return ComponentTypes.refusalsIn(field.getGenericType(), nameless, placeOf(field));
	}

	private String placeOf(Field field) {
		return "%s in %s%s".formatted(field.getName(), field.getDeclaringClass().getName(), within(pathTo(field)));
	}

	private String pathTo(Field field) {
		String path = MemberPath.of(this.message, field.getDeclaringClass());
		return path.isEmpty() ? "" : path + '.' + field.getName();
	}

	private String within(String path) {
		return path.isEmpty() ? "" : " (%s of %s)".formatted(path, this.message.getTypeName());
	}

	private Stream<Class<?>> openIn(Type type) {
		return rawTypes(type).filter((raw) -> isOpen(raw) || hasNoValue(raw))
			.filter((open) -> !this.registered.hasSome(open));
	}

	/**
	 * Looks for the first obstacle for one codec.
	 * @param type a message type, with its type arguments
	 * @param registered what may stand where the type leaves it open
	 * @param codec the name of the codec: besides what is true for all, {@code json} and
	 * {@code cbor} have texts as keys of maps, one field of a name in an object, a
	 * constructor for each class, and no names for the elements of a collection that is a
	 * whole message
	 * @return what it is and where, in words; empty if nothing is known against the type
	 */
	public static Optional<String> of(Type type, RegisteredTypes registered, String codec) {
		Optional<String> obstacle = of(type, registered);
		if (obstacle.isPresent() || !NAMELESS.contains(codec)) {
			return obstacle;
		}
		if (MessageType.of(type).isContainer() && Containers.isOpen(type)) {
			return Optional.of("%s leaves open of which type its elements are, which %s does not name"
				.formatted(type.getTypeName(), codec));
		}
		return hidingField(type).or(() -> new EncodingObstacle(type, registered).unreadable())
			.or(() -> Optional.ofNullable(TextKeys.obstacle(type)))
			.or(() -> new EncodingObstacle(type, registered).namesNeeded());
	}

	/**
	 * Looks for a class of which no object can be made.
	 */
	private Optional<String> unreadable() {
		return TypeClosure.of(this.message)
			.stream()
			.flatMap((member) -> Stream.ofNullable(JacksonConstructors.obstacle(member))
				.map((reason) -> "%s%s %s".formatted(member.getName(), within(MemberPath.of(this.message, member)),
						reason)))
			.findFirst();
	}

	/**
	 * Looks for a component that needs names of classes.
	 */
	private Optional<String> namesNeeded() {
		return TypeClosure.of(this.message)
			.stream()
			.filter((member) -> !member.isEnum())
			.flatMap(TypeClosure::fieldsOf)
			.flatMap((field) -> refusedIn(field, true))
			.findFirst();
	}

	private static Optional<String> hidingField(Type type) {
		return TypeClosure.of(type)
			.stream()
			.filter((member) -> !member.isEnum())
			.flatMap((member) -> Stream.ofNullable(TypeClosure.hidingFieldOf(member)))
			.map((field) -> "%s in %s hides a field of its superclass; rename one of them".formatted(field.getName(),
					field.getDeclaringClass().getName()))
			.findFirst();
	}

	private static String open(String place, Class<?> type) {
		return "%s is of type %s, which is neither concrete nor sealed, so that its concrete type is unknown"
			.formatted(place, type.getName());
	}

	static Stream<Class<?>> rawTypes(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			return Stream.concat(rawTypes(parameterized.getRawType()),
					Arrays.stream(parameterized.getActualTypeArguments()).flatMap(EncodingObstacle::rawTypes));
		}
		if (type instanceof GenericArrayType array) {
			return rawTypes(array.getGenericComponentType());
		}
		if (type instanceof Class<?> javaType) {
			return javaType.isArray() ? rawTypes(javaType.getComponentType()) : Stream.of(javaType);
		}
		return Stream.empty();
	}

	private static boolean isInner(Class<?> type) {
		return type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers()) && !type.isRecord()
				&& !type.isEnum() && Arrays.stream(type.getDeclaredFields()).anyMatch(Field::isSynthetic);
	}

	private static boolean isOpen(Class<?> type) {
		return Modifier.isAbstract(type.getModifiers()) && !type.isPrimitive() && !type.isSealed() && !type.isEnum()
				&& !JdkValues.isOfTheJdk(type);
	}

	/**
	 * Tells whether an interface of the JDK has no values that may stand there, such as
	 * {@code Runnable}.
	 */
	private static boolean hasNoValue(Class<?> type) {
		return type.isInterface() && JdkValues.isOfTheJdk(type) && OpenTypes.isOpen(type) && !JdkValues.hasSome(type);
	}

}
