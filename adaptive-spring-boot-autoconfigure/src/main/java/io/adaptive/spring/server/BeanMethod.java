package io.adaptive.spring.server;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.adaptive.spring.InvalidDeclarationException;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * An annotated method of a bean.
 *
 * @param annotation the annotation
 * @param bean the bean
 * @param method the method of the user class
 * @param invocable the method of the bean or its proxy
 */
record BeanMethod(Class<? extends Annotation> annotation, ServiceBean bean, Method method, Method invocable) {

	static BeanMethod of(Class<? extends Annotation> annotation, ServiceBean bean, Method method) {
		BeanMethod found = new BeanMethod(annotation, bean, method, method);
		return new BeanMethod(annotation, bean, method, found.findInvocable());
	}

	private Method findInvocable() {
		if (Modifier.isFinal(this.method.getModifiers()) && AopUtils.isCglibProxy(this.bean.bean())) {
			throw invalid("is final, so that it would run on the proxy in front of the bean and not on the bean itself",
					"Remove final (in Kotlin, make it open), or declare it in an interface that the class implements and "
							+ "set spring.aop.proxy-target-class=false");
		}
		try {
			Method found = AopUtils.selectInvocableMethod(this.method, this.bean.bean().getClass());
			ReflectionUtils.makeAccessible(found);
			return found;
		}
		catch (IllegalStateException ex) {
			throw invalid("is hidden by the proxy in front of the bean: " + ex.getMessage(),
					"Make it at least package-private and proxy the class (spring.aop.proxy-target-class=true), or "
							+ "declare it in an interface that the class implements",
					ex);
		}
	}

	MethodParameter parameter(int index) {
		return new MethodParameter(this.method, index).withContainingClass(this.bean.type());
	}

	Class<?> returnType() {
		return ResolvableType.forMethodReturnType(this.method, this.bean.type()).toClass();
	}

	InvalidDeclarationException invalid(String problem, String action) {
		return invalid(problem, action, null);
	}

	private InvalidDeclarationException invalid(String problem, String action, @Nullable Throwable cause) {
		return new InvalidDeclarationException("@%s method %s (%s) %s".formatted(this.annotation.getSimpleName(), this,
				this.method.getDeclaringClass().getName(), problem), action, cause);
	}

	/**
	 * Calls the method. Its exception is thrown without a wrapper, because its type is
	 * sent to the caller.
	 */
	@Nullable Object invoke(@Nullable Object... arguments) throws Exception {
		try {
			return this.invocable.invoke(this.bean.bean(), arguments);
		}
		catch (InvocationTargetException ex) {
			Throwable thrown = ex.getTargetException();
			if (thrown instanceof Error error) {
				throw error;
			}
			throw (thrown instanceof Exception exception) ? exception : ex;
		}
	}

	@Override
	public String toString() {
		String signature = Arrays.stream(this.method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", this.method.getName() + "(", ")"));
		return "%s of bean '%s'".formatted(signature, this.bean.name());
	}

}
