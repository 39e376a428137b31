package io.adaptive.internal.wire;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds classes that JSON and CBOR write and cannot read, by their constructors. A class
 * with an annotation of Jackson is left to Jackson.
 */
final class JacksonConstructors {

	private static final String WAY_OUT = "; make it a record, or add a constructor without parameters";

	private JacksonConstructors() {
	}

	/**
	 * Returns why no object of a class can be made.
	 * @return the reason with a way out, {@code null} if there is a constructor for it
	 */
	static @Nullable String obstacle(Class<?> type) {
		if (isMadeOtherwise(type)) {
			return null;
		}
		List<Constructor<?>> constructors = Arrays.stream(type.getDeclaredConstructors())
			.filter((each) -> !each.isSynthetic())
			.toList();
		if (constructors.stream().anyMatch((each) -> each.getParameterCount() == 0)
				|| isAnnotated(type, constructors)) {
			return null;
		}
		if (isOfKotlin(type)) {
			return JacksonKotlin.isPresent() ? null
					: "is a class of Kotlin; add Jackson's module for Kotlin, tools.jackson.module:jackson-module-kotlin, to the class path";
		}
		return (constructors.size() == 1) ? obstacleOf(constructors.get(0), type)
				: "has %s constructors, of which none is without parameters".formatted(constructors.size()) + WAY_OUT;
	}

	private static @Nullable String obstacleOf(Constructor<?> constructor, Class<?> type) {
		Set<String> fields = TypeClosure.fieldsOf(type).map(Field::getName).collect(Collectors.toSet());
		for (Parameter parameter : constructor.getParameters()) {
			if (!parameter.isNamePresent()) {
				return "has a constructor whose parameters have no names; compile it with -parameters, make it a record, or add "
						+ "a constructor without parameters";
			}
			if (!fields.contains(parameter.getName())) {
				return "has a constructor whose parameter %s is the name of none of its fields"
					.formatted(parameter.getName()) + WAY_OUT;
			}
		}
		return null;
	}

	private static boolean isMadeOtherwise(Class<?> type) {
		return type.isRecord() || type.isEnum() || Modifier.isAbstract(type.getModifiers())
				|| Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)
				|| Enum.class.isAssignableFrom(type) || Throwable.class.isAssignableFrom(type);
	}

	private static boolean isOfKotlin(Class<?> type) {
		return Arrays.stream(type.getAnnotations())
			.anyMatch((each) -> each.annotationType().getName().equals("kotlin.Metadata"));
	}

	private static boolean isAnnotated(Class<?> type, List<Constructor<?>> constructors) {
		Stream<AnnotatedElement> members = Stream
			.of(Stream.of(type), constructors.stream(),
					constructors.stream().flatMap((each) -> Arrays.stream(each.getParameters())),
					Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredFields()))
			.flatMap((each) -> each);
		return members.flatMap((each) -> Arrays.stream(each.getAnnotations()))
			.map((each) -> each.annotationType().getName())
			.anyMatch((name) -> name.startsWith("com.fasterxml.jackson.") || name.startsWith("tools.jackson.")
					|| name.equals("java.beans.ConstructorProperties"));
	}

}
