package io.adaptive.spring.server;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;

import io.adaptive.raw.RawConnection;
import io.adaptive.server.Service;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.OnRawConnection;
import org.jspecify.annotations.Nullable;

/**
 * The method that accepts the raw connections of a service.
 * 
 * @param method the method, {@code null} if the service accepts none
 */
record RawConnectionMethod(@Nullable BeanMethod method) {

	static RawConnectionMethod of(List<ServiceBean> beans) {
		List<BeanMethod> methods = beans.stream()
			.flatMap((bean) -> bean.methods(OnRawConnection.class).stream())
			.toList();
		if (methods.isEmpty()) {
			return new RawConnectionMethod(null);
		}
		BeanMethod first = methods.get(0);
		if (methods.size() > 1) {
			throw new InvalidDeclarationException(
					"Service %s has two @OnRawConnection methods, while a connection has one owner: %s and %s"
						.formatted(first.bean().declaration().name(), first, methods.get(1)),
					"Keep one of them");
		}
		Class<?>[] parameters = first.method().getParameterTypes();
		if (parameters.length != 1 || parameters[0] != RawConnection.class || first.returnType() != void.class) {
			throw first.invalid("does not take the connection alone, or returns something",
					"Let it take a RawConnection and return nothing");
		}
		return new RawConnectionMethod(first);
	}

	boolean isPresent() {
		return this.method != null;
	}

	Service addTo(Service service) {
		BeanMethod hook = this.method;
		return (hook != null) ? service.onRawConnection((connection) -> call(hook, connection)) : service;
	}

	private static void call(BeanMethod hook, RawConnection connection) {
		try {
			hook.invoke(connection);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new UndeclaredThrowableException(ex, hook + " failed");
		}
	}

}
