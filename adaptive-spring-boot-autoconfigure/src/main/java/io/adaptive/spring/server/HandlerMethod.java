package io.adaptive.spring.server;

import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.InvalidDeclarationException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.adaptive.dispatch.Handler;
import io.adaptive.dispatch.ReplyHandler;
import io.adaptive.message.MessageType;
import io.adaptive.server.Service;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean that is called with a message.
 *
 * @param bean the bean, or the proxy in front of it
 * @param method the method as the bean offers it
 * @param messageType the type of its message
 * @param messageIndex which parameter the message is; the other, if there is one, is the
 * stream
 */
record HandlerMethod(Object bean, Method method, Class<?> messageType, int messageIndex) {

	static HandlerMethod of(String beanName, Object bean, Class<?> userClass, Method method) {
		Place place = new Place(beanName, method);
		int messageIndex = messageIndex(place, method, userClass);
		Class<?> messageType = parameterType(method, messageIndex, userClass);
		Method invocable = invocable(place, method, bean.getClass());
		ReflectionUtils.makeAccessible(invocable);
		return new HandlerMethod(bean, invocable, messageType, messageIndex);
	}

	private static int messageIndex(Place place, Method method, Class<?> userClass) {
		int messageIndex = -1;
		boolean stream = false;
		for (int i = 0; i < method.getParameterCount(); i++) {
			Class<?> type = parameterType(method, i, userClass);
			if (type == ContextStream.class && !stream) {
				stream = true;
			}
			else if (isMessage(type) && messageIndex < 0) {
				messageIndex = i;
			}
			else {
				throw place.invalid(
						"has a parameter that is neither its one message nor the ContextStream: parameter " + i
								+ " of type " + type.getName(),
						"Let it take one message, a record, another concrete class or a sealed type, and optionally "
								+ "the ContextStream");
			}
		}
		if (messageIndex < 0) {
			throw place.invalid("takes no message", "Add the message it handles as a parameter");
		}
		return messageIndex;
	}

	private static Class<?> parameterType(Method method, int index, Class<?> userClass) {
		return ResolvableType.forMethodParameter(method, index, userClass).toClass();
	}

	private static boolean isMessage(Class<?> type) {
		return type != Object.class && !MessageStream.class.isAssignableFrom(type)
				&& !MessageType.of(type).members().isEmpty();
	}

	private static Method invocable(Place place, Method method, Class<?> beanClass) {
		try {
			return AopUtils.selectInvocableMethod(method, beanClass);
		}
		catch (IllegalStateException ex) {
			throw place.invalid("is hidden by the proxy in front of the bean: " + ex.getMessage(),
					"Make it at least package-private and proxy the class (spring.aop.proxy-target-class=true), or "
							+ "declare it in an interface that the class implements",
					ex);
		}
	}

	/**
	 * Returns a service with this handler added.
	 * @param service the service to add it to
	 * @return the changed copy
	 */
	Service addTo(Service service) {
		if (this.method.getParameterCount() == 1) {
			return service.handle(this.messageType, (ReplyHandler<Object>) this::invoke);
		}
		boolean messageFirst = (this.messageIndex == 0);
		return service.handle(this.messageType, (Handler<Object>) (message, stream) -> messageFirst
				? invoke(message, stream) : invoke(stream, message));
	}

	/**
	 * Calls the method. The type of what it throws is what the caller is told, so no
	 * wrapper may hide it.
	 */
	private @Nullable Object invoke(Object... arguments) throws Exception {
		try {
			return this.method.invoke(this.bean, arguments);
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
		return describe(this.method);
	}

	private static String describe(Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", method.getName() + "(", ")"));
	}

	private record Place(String beanName, Method method) {

		InvalidDeclarationException invalid(String problem, String action) {
			return invalid(problem, action, null);
		}

		InvalidDeclarationException invalid(String problem, String action, @Nullable Throwable cause) {
			return new InvalidDeclarationException("@MessageHandler method %s of bean '%s' (%s) %s"
				.formatted(describe(this.method), this.beanName, this.method.getDeclaringClass().getName(), problem),
					action, cause);
		}

	}

}
