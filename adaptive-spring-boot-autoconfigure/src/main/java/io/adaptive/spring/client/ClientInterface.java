package io.adaptive.spring.client;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.adaptive.spring.Discover;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.stream.CallSettings;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ReflectionUtils;

/**
 * The description of a client interface and its methods.
 * 
 * @param type the interface
 * @param methods its abstract methods, including inherited ones
 */
record ClientInterface(Class<?> type, Map<Method, ClientMethod> methods) {

	/**
	 * Returns the declaration of the service of an interface.
	 * @throws InvalidDeclarationException if the interface has none
	 */
	static Declaration declaration(Class<?> type) {
		return MergedAnnotations.from(type)
			.get(Discover.class)
			.synthesize(MergedAnnotation::isPresent)
			.map((discover) -> new Declaration(discover, "interface " + type.getName()))
			.orElseThrow(() -> new InvalidDeclarationException(
					"Interface %s is to be a client but does not say of which service".formatted(type.getName()),
					"Put @Discover(publisher = \"...\", name = \"...\") on it"));
	}

	/**
	 * Reads an interface.
	 * @param defaults the default call settings of methods
	 * @param placeholders resolves placeholders in texts
	 * @throws InvalidDeclarationException if a method cannot be a call
	 */
	static ClientInterface of(Class<?> type, CallSettings defaults, UnaryOperator<String> placeholders) {
		Map<Method, ClientMethod> methods = new HashMap<>();
		for (Method method : type.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers()) && !ReflectionUtils.isObjectMethod(method)) {
				methods.put(method, ClientMethod.of(type, method, defaults, placeholders));
			}
		}
		if (methods.isEmpty()) {
			throw new InvalidDeclarationException(
					"Interface %s is to be a client but has no method that is a call".formatted(type.getName()),
					"Declare a method that takes a message and returns its reply");
		}
		return new ClientInterface(type, Map.copyOf(methods));
	}

}
