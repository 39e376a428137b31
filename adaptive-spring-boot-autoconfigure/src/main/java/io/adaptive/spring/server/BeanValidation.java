package io.adaptive.spring.server;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * The constraints that Bean Validation knows. They are checked before the handler is
 * called, so that what a caller did wrong is told from what goes wrong inside.
 */
final class BeanValidation implements ArgumentConstraints.Reader {

	private final Validator validator;

	private BeanValidation(Validator validator) {
		this.validator = validator;
	}

	/**
	 * Returns the constraints for the validator of an application, if it has one.
	 */
	static ArgumentConstraints.Reader of(ListableBeanFactory beanFactory) {
		Validator validator = beanFactory.getBeanProvider(Validator.class).getIfAvailable();
		return (validator != null) ? new BeanValidation(validator) : (method) -> ArgumentConstraints.NONE;
	}

	@Override
	public ArgumentConstraints read(BeanMethod method) {
		MethodDescriptor descriptor = this.validator.getConstraintsForClass(method.bean().type())
			.getConstraintsForMethod(method.method().getName(), method.method().getParameterTypes());
		if (descriptor == null || !descriptor.hasConstrainedParameters()) {
			return ArgumentConstraints.NONE;
		}
		Object singleton = AopProxyUtils.getSingletonTarget(method.bean().bean());
		Object target = (singleton != null) ? singleton : method.bean().bean();
		Class<?>[] validationGroups = ValidationAnnotationUtils.determineValidationGroups(target, method.method());
		return (arguments) -> {
			Set<ConstraintViolation<Object>> violations = this.validator.forExecutables()
				.validateParameters(target, method.method(), arguments, validationGroups);
			if (!violations.isEmpty()) {
				throw new AdaptiveException(ErrorCode.INVALID_ARGUMENT, describe(violations));
			}
		};
	}

	private static String describe(Set<ConstraintViolation<Object>> violations) {
		return violations.stream()
			.map(BeanValidation::describe)
			.sorted()
			.collect(Collectors.joining(", ", "The message is not valid: ", ""));
	}

	private static String describe(ConstraintViolation<Object> violation) {
		String place = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
			.filter((node) -> node.getKind() != ElementKind.METHOD && node.getKind() != ElementKind.PARAMETER)
			.map(Path.Node::toString)
			.collect(Collectors.joining("."));
		return (place + " " + violation.getMessage()).strip();
	}

}
