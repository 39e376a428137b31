package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that is called on a worker when a
 * connection to the service has ended, once per connection and after its streams. It can
 * have parameters for the {@link io.adaptive.stream.ConnectionInfo} and the reason, an
 * {@link io.adaptive.message.ErrorInfo}, in any order.
 *
 * @see OnConnect
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnDisconnect {

}
