package io.adaptive.spring.server;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * A bean that publishes a service, possibly together with other beans.
 * 
 * @param name the name of the bean
 * @param bean the bean or its proxy
 * @param type the user class
 * @param declaration the declaration of the service
 */
record ServiceBean(String name, Object bean, Class<?> type, ServiceDeclaration declaration) {

	ServiceBean(String name, Object bean, ServiceDeclaration declaration) {
		this(name, bean, AopUtils.getTargetClass(bean), declaration);
	}

	/**
	 * Returns its methods with an annotation, in a deterministic order.
	 */
	List<BeanMethod> methods(Class<? extends Annotation> annotation) {
		return methodsOf(this.type, annotation).stream()
			.map((method) -> BeanMethod.of(annotation, this, method))
			.toList();
	}

	static List<Method> methodsOf(Class<?> type, Class<? extends Annotation> annotation) {
		MethodFilter annotated = (method) -> AnnotatedElementUtils.hasAnnotation(method, annotation);
		return MethodIntrospector.selectMethods(type, annotated)
			.stream()
			.sorted(Comparator.comparingInt(ServiceBean::order).thenComparing(Method::toString))
			.toList();
	}

	private static int order(Method method) {
		return Objects.requireNonNullElse(OrderUtils.getOrder(method), Ordered.LOWEST_PRECEDENCE);
	}

}
