package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AdaptiveService} that is called with each message of one
 * type.
 * <p>
 * The method takes the message and, if it wants to converse, the
 * {@link io.adaptive.stream.ContextStream} too, in any order. What it returns is the
 * reply. If it returns nothing, a caller who waits gets the first message sent on the
 * stream or, when the method takes no stream, an empty acknowledgement. What it throws
 * becomes the caller's exception.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface MessageHandler {

}
