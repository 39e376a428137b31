package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that is called on a worker for each new
 * connection to the service, before the connection can be used. It can have a
 * {@link io.adaptive.stream.ConnectionInfo} parameter.
 * <p>
 * The method refuses the connection by throwing an
 * {@link io.adaptive.message.AdaptiveException}. The client receives its code and text,
 * and neither the remaining methods nor those of {@link OnDisconnect} are called. Any
 * other exception is logged; the remaining methods are called, and the connection is
 * accepted.
 * <p>
 * Several such methods are called in the order of their beans and, within a bean, in that
 * of {@code @Order}.
 *
 * @see io.adaptive.server.Service#onConnect
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnConnect {

}
