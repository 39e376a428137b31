package io.adaptive.spring.server;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * What the arguments of a method have to fulfil before it is called.
 */
@FunctionalInterface
interface ArgumentConstraints {

	/** Anything goes. */
	ArgumentConstraints NONE = (arguments) -> {
	};

	/**
	 * Returns what finds the constraints of an application.
	 */
	static Reader of(ListableBeanFactory beanFactory) {
		return ClassUtils.isPresent("jakarta.validation.Validator", ArgumentConstraints.class.getClassLoader())
				? BeanValidation.of(beanFactory) : (method) -> NONE;
	}

	/**
	 * Checks arguments.
	 * @param arguments the arguments, in their order
	 * @throws io.adaptive.message.AdaptiveException if they do not fulfil the constraints
	 */
	void check(@Nullable Object[] arguments);

	/**
	 * Finds out what a method demands.
	 */
	@FunctionalInterface
	interface Reader {

		ArgumentConstraints read(BeanMethod method);

	}

}
