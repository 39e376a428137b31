package io.adaptive.spring.server;

import java.util.List;
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
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * The constraints of Bean Validation. They are checked before the handler is called, so
 * that errors of the caller are distinguished from those of the handler.
 */
final class BeanValidation implements ArgumentConstraints.Reader {

	/** The name of the validator of Spring Boot. */
	private static final String DEFAULT = "defaultValidator";

	private final Validator validator;

	private final List<String> rivals;

	private BeanValidation(Validator validator, List<String> rivals) {
		this.validator = validator;
		this.rivals = rivals;
	}

	/**
	 * Returns the reader of constraints for the validator of an application, if it has
	 * one.
	 */
	static ArgumentConstraints.Reader of(ListableBeanFactory beanFactory) {
		ObjectProvider<Validator> validators = beanFactory.getBeanProvider(Validator.class);
		Validator validator = validators.getIfUnique();
		if (validator == null && beanFactory.containsBean(DEFAULT)
				&& beanFactory.isTypeMatch(DEFAULT, Validator.class)) {
			validator = beanFactory.getBean(DEFAULT, Validator.class);
		}
		if (validator != null) {
			return new BeanValidation(validator, List.of());
		}
		List<String> rivals = List
			.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, Validator.class));
		// Any of them tells whether a method has constraints at all.
		return validators.stream()
			.findFirst().<ArgumentConstraints
					.Reader>map((any) -> new BeanValidation(any, rivals))
			.orElse((method) -> ArgumentConstraints.NONE);
	}

	@Override
	public ArgumentConstraints read(BeanMethod method) {
		MethodDescriptor descriptor = this.validator.getConstraintsForClass(method.bean().type())
			.getConstraintsForMethod(method.method().getName(), method.method().getParameterTypes());
		if (descriptor == null || !descriptor.hasConstrainedParameters()) {
			return ArgumentConstraints.NONE;
		}
		if (!this.rivals.isEmpty()) {
			throw method
				.invalid(
						"has constraints, but the application has several validators and none of them is primary: "
								+ String.join(", ", this.rivals),
						"Mark one of them as @Primary, or name it " + DEFAULT);
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
