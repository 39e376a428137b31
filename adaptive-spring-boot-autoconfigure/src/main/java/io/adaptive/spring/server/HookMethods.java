package io.adaptive.spring.server;

import java.lang.annotation.Annotation;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorInfo;
import io.adaptive.server.Service;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.OnConnect;
import io.adaptive.spring.OnDisconnect;
import io.adaptive.spring.OnStreamClose;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.spring.server.Argument.InvocationContext;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of the beans of a service: methods called when connections and streams are
 * opened and closed.
 */
final class HookMethods {

	private final List<Hook> connect;

	private final List<Hook> disconnect;

	private final List<Hook> open;

	private final List<Hook> close;

	private final @Nullable Class<?> streamObject;

	HookMethods(List<ServiceBean> beans) {
		List<BeanMethod> opening = methods(beans, OnStreamOpen.class);
		this.streamObject = streamObject(opening);
		this.open = opening.stream()
			.map((method) -> hook(method, "StreamContext and ConnectionInfo", Argument.CONTEXT, Argument.CONNECTION))
			.toList();
		this.close = hooks(beans, OnStreamClose.class,
				"StreamContext, ConnectionInfo, and what an @OnStreamOpen method of the service returns",
				Argument.CONTEXT, Argument.CONNECTION, Argument.OBJECT, Argument.OBJECT_IF_ANY);
		this.connect = hooks(beans, OnConnect.class, "ConnectionInfo", Argument.CONNECTION);
		this.disconnect = hooks(beans, OnDisconnect.class, "ConnectionInfo and ErrorInfo", Argument.CONNECTION,
				Argument.SUBJECT);
	}

	private static List<BeanMethod> methods(List<ServiceBean> beans, Class<? extends Annotation> annotation) {
		return beans.stream().flatMap((bean) -> bean.methods(annotation).stream()).toList();
	}

	private List<Hook> hooks(List<ServiceBean> beans, Class<? extends Annotation> annotation, String names,
			Argument... possible) {
		return methods(beans, annotation).stream().map((method) -> {
			if (method.returnType() != void.class) {
				throw method.invalid("returns %s, but no handler or hook has a parameter for it"
					.formatted(method.returnType().getName()), "Let it return nothing");
			}
			return hook(method, names, possible);
		}).toList();
	}

	private Hook hook(BeanMethod method, String names, Argument... possible) {
		Class<?> object = Set.of(possible).contains(Argument.OBJECT) ? this.streamObject : null;
		return new Hook(method, Arguments.ofHook(method, Set.of(possible), object, names));
	}

	private static @Nullable Class<?> streamObject(List<BeanMethod> opening) {
		List<BeanMethod> giving = opening.stream().filter((method) -> method.returnType() != void.class).toList();
		if (giving.isEmpty()) {
			return null;
		}
		BeanMethod first = giving.get(0);
		if (giving.size() > 1) {
			throw new InvalidDeclarationException(
					"Service %s has two @OnStreamOpen methods that return something, while a stream has one object: %s and %s"
						.formatted(first.bean().declaration().name(), first, giving.get(1)),
					"Let one of them return nothing and put what it has into the StreamContext");
		}
		Class<?> type = first.returnType();
		if (type == Object.class || type.isPrimitive()) {
			throw first.invalid("returns %s, by which no parameter can be recognised as the stream's object"
				.formatted(type.getName()), "Let it return a type of your own, or nothing");
		}
		return type;
	}

	/**
	 * Returns the type of the object of the service's streams.
	 */
	@Nullable Class<?> streamObject() {
		return this.streamObject;
	}

	/**
	 * Returns a service that calls these methods.
	 */
	Service addTo(Service service) {
		Service changed = service;
		if (!this.connect.isEmpty()) {
			changed = changed.onConnect((info) -> connected(info));
		}
		if (!this.disconnect.isEmpty()) {
			changed = changed.onDisconnect((info, cause) -> disconnected(info, cause));
		}
		if (!this.open.isEmpty()) {
			changed = changed.onStreamOpen((context) -> callAll(this.open, InvocationContext.of(context)));
		}
		if (!this.close.isEmpty()) {
			changed = changed.onStreamClose((context) -> callAll(this.close, InvocationContext.of(context)));
		}
		return changed;
	}

	private void disconnected(ConnectionInfo info, ErrorInfo cause) {
		callAll(this.disconnect, new InvocationContext(info, null, null, cause));
	}

	private void connected(ConnectionInfo info) {
		callAll(this.connect, new InvocationContext(info, null, null, null), AdaptiveException.class::isInstance);
	}

	private static void callAll(List<Hook> hooks, InvocationContext occasion) {
		callAll(hooks, occasion, (failure) -> false);
	}

	/**
	 * Calls all hooks, even if one fails. The first failure is then thrown, with the
	 * others suppressed, and logged by the caller.
	 * @param refuses matches a decisive failure, which is thrown at once
	 */
	private static void callAll(List<Hook> hooks, InvocationContext occasion, Predicate<Throwable> refuses) {
		Throwable failure = null;
		for (Hook hook : hooks) {
			try {
				hook.call(occasion);
			}
			// User code may throw anything; the hooks of other beans are called
			// nevertheless.
			catch (Throwable ex) {
				boolean decided = refuses.test(ex);
				failure = (failure == null || decided) ? with(failure, ex) : with(ex, failure);
				if (decided) {
					break;
				}
			}
		}
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure != null) {
			throw (RuntimeException) failure;
		}
	}

	/**
	 * Adds a failure to another one.
	 */
	private static Throwable with(@Nullable Throwable added, Throwable failure) {
		if (added != null && added != failure) {
			failure.addSuppressed(added);
		}
		return failure;
	}

	private record Hook(BeanMethod method, Arguments arguments) {

		void call(InvocationContext occasion) {
			Object result = invoke(this.arguments.of(occasion));
			StreamContext context = occasion.context();
			if (result != null && context != null) {
				context.set(result);
			}
		}

		private @Nullable Object invoke(@Nullable Object[] values) {
			try {
				return this.method.invoke(values);
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new UndeclaredThrowableException(ex, this.method + " failed");
			}
		}

	}

}
