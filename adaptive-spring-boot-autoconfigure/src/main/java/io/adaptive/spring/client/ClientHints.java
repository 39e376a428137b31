package io.adaptive.spring.client;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import io.adaptive.message.MessageType;
import io.adaptive.spring.Discover;
import io.adaptive.stream.CallSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Registers the runtime hints of client interfaces for ahead-of-time processing: their
 * proxies, methods and messages. An invalid interface fails the processing, as it would
 * fail the start.
 */
final class ClientHints implements BeanRegistrationAotProcessor {

	private final BindingReflectionHintsRegistrar messages = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Set<Class<?>> interfaces = new LinkedHashSet<>();
		if (bean.getBeanClass() == ClientFactoryBean.class) {
			interfaces.add(bean.getBeanType().as(ClientFactoryBean.class).getGeneric().toClass());
		}
		else {
			interfaces.addAll(injected(bean));
		}
		if (interfaces.isEmpty()) {
			return null;
		}
		return (context, code) -> interfaces.forEach((type) -> register(type, context.getRuntimeHints()));
	}

	private static Set<Class<?>> injected(RegisteredBean bean) {
		Set<Class<?>> interfaces = new LinkedHashSet<>();
		Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
		ReflectionUtils.doWithFields(type, (field) -> add(field, type, interfaces));
		Stream<Executable> executables = Stream.concat(Arrays.stream(type.getDeclaredConstructors()),
				Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type)));
		Method factory = bean.getMergedBeanDefinition().getResolvedFactoryMethod();
		Stream.concat(executables, Stream.ofNullable(factory))
			.flatMap((executable) -> Arrays.stream(executable.getParameters()))
			.forEach((parameter) -> add(parameter, type, interfaces));
		return interfaces;
	}

	private static void add(Field field, Class<?> beanType, Set<Class<?>> interfaces) {
		if (MergedAnnotations.from(field).isPresent(Discover.class)) {
			add(ResolvableType.forField(field, beanType), interfaces);
		}
	}

	private static void add(Parameter parameter, Class<?> beanType, Set<Class<?>> interfaces) {
		if (MergedAnnotations.from(parameter).isPresent(Discover.class)) {
			MethodParameter place = MethodParameter.forParameter(parameter).withContainingClass(beanType);
			add(ResolvableType.forMethodParameter(place), interfaces);
		}
	}

	private static void add(ResolvableType injected, Set<Class<?>> interfaces) {
		Class<?> type = injected.toClass();
		if (DiscoveredConnections.isClient(type)) {
			interfaces.add(type);
		}
		Arrays.stream(injected.getGenerics()).forEach((generic) -> add(generic, interfaces));
	}

	private void register(Class<?> type, RuntimeHints hints) {
		ClientInterface client = ClientInterface.of(type, CallSettings.DEFAULT, (text) -> "");
		hints.proxies().registerJdkProxy(type);
		for (Class<?> each : ClassUtils.getAllInterfacesForClass(type)) {
			hints.reflection().registerType(each, MemberCategory.INVOKE_DECLARED_METHODS);
		}
		client.methods().values().forEach((method) -> {
			registerMessage(method.messageType(), hints);
			registerMessage(method.replyType(), hints);
		});
	}

	private void registerMessage(MessageType<?> type, RuntimeHints hints) {
		if (type.javaType() != Void.class) {
			this.messages.registerReflectionHints(hints.reflection(), type.genericType());
			this.messages.registerReflectionHints(hints.reflection(), type.members().toArray(Class<?>[]::new));
		}
	}

}
