package io.adaptive.test.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;

import io.adaptive.message.ServiceName;
import io.adaptive.test.ServiceStub;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.test.context.bean.override.BeanOverrideHandler;
import org.springframework.test.context.bean.override.BeanOverrideProcessor;
import org.springframework.test.context.bean.override.BeanOverrideStrategy;

/**
 * Registers a bean for each {@link StubService} field of a test, one per service.
 */
final class StubServiceProcessor implements BeanOverrideProcessor {

	@Override
	public BeanOverrideHandler createHandler(Annotation annotation, Class<?> testClass, Field field) {
		StubService stub = (StubService) annotation;
		if (field.getType() != ServiceStub.class) {
			throw new IllegalStateException("@StubService is on field %s of %s, which is a %s; make it a ServiceStub"
				.formatted(field.getName(), field.getDeclaringClass().getName(), field.getType().getName()));
		}
		return new Handler(field, serviceName(stub, field));
	}

	private static ServiceName serviceName(StubService stub, Field field) {
		try {
			return new ServiceName(stub.publisher(), stub.name());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("@StubService on field %s of %s names no valid service: %s"
				.formatted(field.getName(), field.getDeclaringClass().getName(), ex.getMessage()), ex);
		}
	}

	private static final class Handler extends BeanOverrideHandler {

		private final ServiceName service;

		Handler(Field field, ServiceName service) {
			super(field, ResolvableType.forClass(ServiceStub.class), "stub of " + service, "",
					BeanOverrideStrategy.REPLACE_OR_CREATE);
			this.service = service;
		}

		@Override
		protected Object createOverrideInstance(String beanName, @Nullable BeanDefinition existingBeanDefinition,
				@Nullable Object existingBeanInstance) {
			return new ServiceStub(this.service);
		}

	}

}
