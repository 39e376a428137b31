package io.adaptive.boot.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import io.adaptive.internal.wire.TypeClosure;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Registers the reflection hints of the types in {@link AnnotatedTypes}, and of the types
 * that they contain.
 */
final class AnnotatedTypesHints implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (bean.getBeanClass() != AnnotatedTypes.class) {
			return null;
		}
		ValueHolder argument = bean.getMergedBeanDefinition()
			.getConstructorArgumentValues()
			.getIndexedArgumentValue(0, null);
		Set<Class<?>> found = new LinkedHashSet<>();
		if (argument != null && argument.getValue() instanceof String[] names) {
			for (String name : names) {
				MessageType.of(ClassUtils.resolveClassName(name, bean.getBeanFactory().getBeanClassLoader()))
					.members()
					.forEach((member) -> found.addAll(TypeClosure.of(member)));
			}
		}
		return (context, code) -> new BindingReflectionHintsRegistrar()
			.registerReflectionHints(context.getRuntimeHints().reflection(), found.toArray(Class[]::new));
	}

}
