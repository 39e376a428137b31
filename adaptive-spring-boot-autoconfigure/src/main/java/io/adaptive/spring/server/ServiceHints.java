package io.adaptive.spring.server;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.internal.wire.TypeClosure;
import io.adaptive.message.MessageType;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnConnect;
import io.adaptive.spring.OnDisconnect;
import io.adaptive.spring.OnRawConnection;
import io.adaptive.spring.OnStreamClose;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.spring.message.DeclaredMessageType;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Registers the reflection hints of a service for ahead-of-time processing: its handlers
 * and hooks, and the messages of its handlers with all types that they contain. Further
 * types received in a conversation are unknown and are declared by
 * {@code @RegisterReflectionForBinding}.
 */
final class ServiceHints implements BeanRegistrationAotProcessor {

	private static final List<Class<? extends Annotation>> HOOKS = List.of(OnConnect.class, OnDisconnect.class,
			OnStreamOpen.class, OnStreamClose.class, OnRawConnection.class);

	private final BindingReflectionHintsRegistrar messages = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (bean.getBeanFactory().findAnnotationOnBean(bean.getBeanName(), AdaptiveService.class) == null) {
			return null;
		}
		Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
		return (context, code) -> register(type, context.getRuntimeHints().reflection());
	}

	private void register(Class<?> type, ReflectionHints hints) {
		for (Class<? extends Annotation> hook : HOOKS) {
			ServiceBean.methodsOf(type, hook).forEach((method) -> registerMethod(type, method, hints));
		}
		Set<Class<?>> found = new LinkedHashSet<>();
		for (Method method : ServiceBean.methodsOf(type, MessageHandler.class)) {
			registerMethod(type, method, hints);
			found.addAll(messagesOf(type, method));
		}
		this.messages.registerReflectionHints(hints, found.toArray(Class[]::new));
	}

	/**
	 * Registers the method and its interface methods, because a proxy can be called by
	 * the interface.
	 */
	private static void registerMethod(Class<?> type, Method method, ReflectionHints hints) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		hints.registerMethod(ClassUtils.getInterfaceMethodIfPossible(method, type), ExecutableMode.INVOKE);
	}

	private static Set<Class<?>> messagesOf(Class<?> type, Method method) {
		Set<Class<?>> found = new LinkedHashSet<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			ResolvableType parameter = ResolvableType.forMethodParameter(method, i, type);
			if (Argument.ofType(parameter.toClass()) == null && DeclaredMessageType.isMessage(parameter)) {
				addAll(DeclaredMessageType.of(parameter), found);
			}
		}
		ResolvableType reply = HandlerMethod.replyType(method, type);
		if (DeclaredMessageType.isMessage(reply)) {
			addAll(DeclaredMessageType.of(reply), found);
		}
		return found;
	}

	private static void addAll(MessageType<?> message, Set<Class<?>> found) {
		found.add(message.javaType());
		found.addAll(TypeClosure.of(message.genericType()));
		message.members().forEach((member) -> found.addAll(TypeClosure.of(member)));
	}

}
