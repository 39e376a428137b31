package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a client interface that sends a one-way message. It returns when the
 * message was sent, without waiting for the handler. The return value or exception of the
 * handler is dropped and counted, and the first of each kind is logged.
 * <p>
 * The return type of the method is {@code void}, or {@code Mono},
 * {@code CompletableFuture} or {@code CompletionStage} of {@link Void}.
 *
 * @see Discover
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface OneWay {

}
