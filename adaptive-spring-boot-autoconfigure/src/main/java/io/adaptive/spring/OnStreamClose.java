package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that is called on a worker when a stream
 * has closed, also when its connection was lost, once for each. In any order it may take
 * the {@link io.adaptive.stream.StreamContext}, the object that the {@link OnStreamOpen}
 * method returned, and the {@link io.adaptive.stream.ConnectionInfo}.
 *
 * @see OnConnect
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OnStreamClose {

}
