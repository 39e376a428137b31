package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that is called on a worker when a stream
 * was closed or its connection was lost, once per stream. It can have parameters for the
 * {@link io.adaptive.stream.StreamContext}, the object returned by the
 * {@link OnStreamOpen} method, and the {@link io.adaptive.stream.ConnectionInfo}, in any
 * order.
 *
 * @see OnConnect
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnStreamClose {

}
