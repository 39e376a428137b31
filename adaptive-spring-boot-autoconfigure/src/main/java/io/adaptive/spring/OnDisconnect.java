package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that is called on a worker when a
 * connection to the service has ended, after all its streams, once for each. In any order
 * it may take the {@link io.adaptive.stream.ConnectionInfo} and the reason, an
 * {@link io.adaptive.message.ErrorInfo}.
 *
 * @see OnConnect
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnDisconnect {

}
