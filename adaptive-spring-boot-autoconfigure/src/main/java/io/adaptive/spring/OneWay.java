package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a client interface that returns as soon as its message is sent,
 * instead of waiting until it was handled. What the handler returns or throws is dropped
 * and counted, and the first of each kind is logged.
 * <p>
 * The method returns {@code void}, or {@code Mono}, {@code CompletableFuture} or
 * {@code CompletionStage} of {@link Void}.
 *
 * @see Discover
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OneWay {

}
