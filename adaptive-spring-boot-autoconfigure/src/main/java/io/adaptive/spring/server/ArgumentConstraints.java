package io.adaptive.spring.server;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The constraints on the arguments of a method.
 */
@FunctionalInterface
interface ArgumentConstraints {

	/** No constraints. */
	ArgumentConstraints NONE = (arguments) -> {
	};

	/**
	 * Returns the reader of constraints of an application.
	 */
	static Reader of(ListableBeanFactory beanFactory) {
		return ClassUtils.isPresent("jakarta.validation.Validator", ArgumentConstraints.class.getClassLoader())
				? BeanValidation.of(beanFactory) : (method) -> NONE;
	}

	/**
	 * Checks arguments.
	 * @param arguments the arguments, in their order
	 * @throws io.adaptive.message.AdaptiveException if they violate the constraints
	 */
	void check(@Nullable Object[] arguments);

	/**
	 * Reads the constraints of a method.
	 */
	@FunctionalInterface
	interface Reader {

		ArgumentConstraints read(BeanMethod method);

	}

}
