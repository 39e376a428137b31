package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that is called on a worker when a
 * connection to the service can be used, once for each. It may take the
 * {@link io.adaptive.stream.ConnectionInfo}.
 * <p>
 * Several such methods are called in the order of their beans and, within a bean, in that
 * of {@code @Order}. One that throws does not keep the others from being called.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnConnect {

}
