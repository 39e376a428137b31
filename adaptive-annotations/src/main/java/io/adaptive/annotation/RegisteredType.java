package io.adaptive.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Registers a type under its message name in Spring Boot applications, so that its values
 * may stand where a message declares {@code Object} or an interface. For a concrete type,
 * or a sealed type, which stands for its permitted types. The type has to be in a package
 * that the application scans. The annotation has no effect in plain Java, where
 * {@code AdaptiveNodeBuilder.registerTypes} registers types.
 *
 * @see Message
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RegisteredType {

}
