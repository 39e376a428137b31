package io.adaptive.spring.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.message.ServicePattern;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The invocation handler of a client, which makes a call for each method. Its only state
 * is the connection, so it is thread-safe like the connection.
 */
final class ClientProxy implements InvocationHandler {

	private static final Object[] NO_ARGUMENTS = {};

	private final ClientInterface client;

	private final ServicePattern service;

	private final Connection connection;

	private final Map<Method, MethodHandle> defaultMethods = new ConcurrentHashMap<>();

	ClientProxy(ClientInterface client, ServicePattern service, Connection connection) {
		this.client = client;
		this.service = service;
		this.connection = connection;
	}

	Object newInstance() {
		Class<?> type = this.client.type();
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, this);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		Object[] all = (arguments != null) ? arguments : NO_ARGUMENTS;
		ClientMethod call = this.client.methods().get(method);
		if (call != null) {
			return call.call(this.connection, message(method, all));
		}
		if (method.isDefault()) {
			return this.defaultMethods.computeIfAbsent(method, ClientProxy::handle)
				.bindTo(proxy)
				.invokeWithArguments(all);
		}
		return switch (method.getName()) {
			case "equals" -> all[0] == proxy;
			case "hashCode" -> System.identityHashCode(proxy);
			default -> toString();
		};
	}

	private Object message(Method method, Object[] arguments) {
		Object message = arguments[0];
		if (message == null) {
			throw new IllegalArgumentException("%s.%s was called with null instead of a message"
				.formatted(this.client.type().getName(), method.getName()));
		}
		return message;
	}

	private static MethodHandle handle(Method method) {
		try {
			Class<?> declaring = method.getDeclaringClass();
			return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup()).unreflectSpecial(method, declaring);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Cannot call " + method, ex);
		}
	}

	@Override
	public String toString() {
		return "%s, client of %s, %s".formatted(this.client.type().getSimpleName(), this.service, this.connection);
	}

}
