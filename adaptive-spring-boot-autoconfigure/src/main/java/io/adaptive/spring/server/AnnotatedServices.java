package io.adaptive.spring.server;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.InvalidDeclarationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.adaptive.message.MessageType;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * Reads the services that beans declare with {@link AdaptiveService}. Handlers are looked
 * for on the class the user wrote and called through the bean, so that transactions,
 * security and other advice apply.
 */
public final class AnnotatedServices {

	private static final MethodFilter HANDLERS = (method) -> AnnotatedElementUtils.hasAnnotation(method,
			MessageHandler.class);

	private final ListableBeanFactory beanFactory;

	/**
	 * Prepares to read the services of a bean factory.
	 * @param beanFactory the bean factory, whose ancestors are left out
	 */
	public AnnotatedServices(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Reads all services, creating their beans where that has not happened yet.
	 * @return the services, in the order their beans were defined
	 * @throws InvalidDeclarationException if a declaration cannot work
	 */
	public List<Service> read() {
		List<Service> services = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForAnnotation(AdaptiveService.class)) {
			services.add(read(beanName));
		}
		return services;
	}

	/**
	 * Finds the beans that declare a service, without creating them.
	 * @param service the service
	 * @return the names of the beans
	 */
	public List<String> beansOf(ServiceName service) {
		List<String> beanNames = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForAnnotation(AdaptiveService.class)) {
			AdaptiveService annotation = annotationOf(beanName);
			if (annotation.publisher().equals(service.publisher()) && annotation.name().equals(service.name())) {
				beanNames.add(beanName);
			}
		}
		return beanNames;
	}

	private AdaptiveService annotationOf(String beanName) {
		return Objects.requireNonNull(this.beanFactory.findAnnotationOnBean(beanName, AdaptiveService.class));
	}

	private Service read(String beanName) {
		if (!this.beanFactory.isSingleton(beanName)) {
			throw new InvalidDeclarationException(
					"Bean '%s' is an @AdaptiveService but not a singleton, so there is no one bean to call".formatted(
							beanName),
					"Remove its scope; let it look up what belongs to the request or session");
		}
		Service service = Service.named(serviceName(beanName));
		Object bean = this.beanFactory.getBean(beanName);
		for (HandlerMethod handler : handlers(beanName, bean)) {
			service = handler.addTo(service);
		}
		return service;
	}

	private ServiceName serviceName(String beanName) {
		AdaptiveService annotation = annotationOf(beanName);
		try {
			return new ServiceName(annotation.publisher(), annotation.name());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidDeclarationException(
					"@AdaptiveService of bean '%s' names no valid service: %s".formatted(beanName, ex.getMessage()),
					"Correct the publisher or the name", ex);
		}
	}

	private static List<HandlerMethod> handlers(String beanName, Object bean) {
		Class<?> userClass = AopUtils.getTargetClass(bean);
		List<HandlerMethod> handlers = MethodIntrospector.selectMethods(userClass, HANDLERS)
			.stream()
			.map((method) -> HandlerMethod.of(beanName, bean, userClass, method))
			.toList();
		if (handlers.isEmpty()) {
			throw new InvalidDeclarationException(
					"Bean '%s' (%s) is an @AdaptiveService without a handler".formatted(beanName, userClass.getName()),
					"Put @MessageHandler on the methods that take its messages");
		}
		Map<String, HandlerMethod> handlerOfMessage = new HashMap<>();
		for (HandlerMethod handler : handlers) {
			for (Class<?> messageType : MessageType.of(handler.messageType()).members()) {
				String message = MessageType.of(messageType).name();
				HandlerMethod other = handlerOfMessage.put(message, handler);
				if (other != null) {
					throw new InvalidDeclarationException("Bean '%s' has two handlers for message %s: %s and %s"
						.formatted(beanName, message, other, handler),
							"Keep one of them, or give each a message type of its own");
				}
			}
		}
		return handlers;
	}

}
