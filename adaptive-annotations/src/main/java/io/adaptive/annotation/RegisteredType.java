package io.adaptive.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Registers a type under its message name in a Spring Boot application, so that messages
 * can contain its values where they declare {@code Object} or an interface. The type is
 * concrete, or sealed, which registers its permitted types. It has to be in a package
 * that the application scans.
 * <p>
 * The annotation has no effect in plain Java, where
 * {@code AdaptiveNodeBuilder.registerTypes} registers types.
 *
 * @see Message
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RegisteredType {

}
