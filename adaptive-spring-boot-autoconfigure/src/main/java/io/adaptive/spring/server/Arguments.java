package io.adaptive.spring.server;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;

/**
 * The sources of the arguments of a method, in the order of its parameters.
 *
 * @param sources one source per parameter
 */
record Arguments(List<Argument> sources) {

	/**
	 * Reads the parameters of a hook.
	 * @param method the method
	 * @param possible the kinds of arguments available to the hook
	 * @param streamObject the type of the stream's object, {@code null} if the service
	 * has none
	 * @param names the available arguments, as text
	 */
	static Arguments ofHook(BeanMethod method, Set<Argument> possible, @Nullable Class<?> streamObject, String names) {
		Argument[] sources = new Argument[method.method().getParameterCount()];
		for (int i = 0; i < sources.length; i++) {
			MethodParameter parameter = method.parameter(i);
			Argument source = known(parameter, streamObject);
			if (source == null || !possible.contains(source)) {
				throw unknown(method, parameter, names);
			}
			sources[i] = source;
		}
		return new Arguments(List.of(sources)).checked(method, names);
	}

	/**
	 * Returns the source of a parameter, {@code null} if it can only be a message.
	 */
	static @Nullable Argument known(MethodParameter parameter, @Nullable Class<?> streamObject) {
		Class<?> type = parameter.getParameterType();
		if (streamObject != null && type != Object.class && type.isAssignableFrom(streamObject)) {
			return parameter.isOptional() ? Argument.OBJECT_IF_ANY : Argument.OBJECT;
		}
		return Argument.ofType(type);
	}

	/**
	 * Checks that a method has no argument twice.
	 */
	Arguments checked(BeanMethod method, String names) {
		Set<Argument> seen = EnumSet.noneOf(Argument.class);
		for (int i = 0; i < this.sources.size(); i++) {
			if (!seen.add(this.sources.get(i))) {
				throw unknown(method, method.parameter(i), names);
			}
		}
		return this;
	}

	static RuntimeException unknown(BeanMethod method, MethodParameter parameter, String names) {
		return method.invalid(
				"has a parameter that there is nothing for: parameter %s of type %s"
					.formatted(parameter.getParameterIndex(), parameter.getParameterType().getName()),
				"Let it take at most, and each once, in any order: " + names);
	}

	@Nullable Object[] of(Argument.InvocationContext occasion) {
		@Nullable Object[] values = new Object[this.sources.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.sources.get(i).of(occasion);
		}
		return values;
	}

}
