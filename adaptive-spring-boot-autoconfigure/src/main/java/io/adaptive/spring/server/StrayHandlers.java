package io.adaptive.spring.server;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.MessageHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Check for handlers in beans that publish no service, which would never be called.
 */
final class StrayHandlers {

	private static final KeyValueLogger logger = KeyValueLogger.of(StrayHandlers.class);

	private final ListableBeanFactory beanFactory;

	StrayHandlers(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Checks the beans, without creating one.
	 * @param services the names of the beans that publish services
	 * @throws InvalidDeclarationException if a bean has such a handler
	 */
	void refuse(Set<String> services) {
		for (String beanName : this.beanFactory.getBeanDefinitionNames()) {
			// The proxy in front of a scoped bean is looked at itself.
			boolean known = services.contains(beanName) || ScopedProxyUtils.isScopedTarget(beanName);
			Class<?> type = known ? null : userClass(beanName);
			List<Method> handlers = (type != null) ? handlersOf(beanName, type) : List.of();
			if (!handlers.isEmpty()) {
				throw new InvalidDeclarationException(
						"Bean '%s' has the @MessageHandler method %s, but publishes no service that could call it"
							.formatted(beanName, handlers.get(0)),
						"Put @AdaptiveService with publisher and name on its class or @Bean method");
			}
		}
	}

	private static List<Method> handlersOf(String beanName, Class<?> type) {
		try {
			return ServiceBean.methodsOf(type, MessageHandler.class);
		}
		catch (IllegalStateException | LinkageError ex) {
			// As of a lazy bean that uses what is not on the class path.
			logger.debug("methods cannot be read bean={}", beanName, ex);
			return List.of();
		}
	}

	/**
	 * Returns the class that a user may have put handlers into. An interface may describe
	 * a service of another program.
	 */
	private @Nullable Class<?> userClass(String beanName) {
		Class<?> type = this.beanFactory.getType(beanName, false);
		if (type == null || !AnnotationUtils.isCandidateClass(type, MessageHandler.class)
				|| type.getName().startsWith("org.springframework.")) {
			return null;
		}
		Class<?> userClass = ClassUtils.getUserClass(type);
		return userClass.isInterface() ? null : userClass;
	}

}
