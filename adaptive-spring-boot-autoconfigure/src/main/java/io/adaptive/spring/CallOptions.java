package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.message.Priority;

/**
 * Overrides the call options of one method of a client interface.
 *
 * @see Discover
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface CallOptions {

	/**
	 * Returns the timeout of a call, such as {@code 2s}, including the wait for the
	 * service and retries; zero for no limit. <code>${...}</code> placeholders are
	 * resolved.
	 * @return the timeout, by default that of the interface
	 */
	String timeout() default "";

	/**
	 * Returns the priority of the message at its handler. A priority declared by the
	 * handler takes precedence.
	 * @return the priority, by default that of the interface
	 */
	Priority priority() default Priority.NORMAL;

	/**
	 * Returns whether the message is idempotent. It is then retried if the connection was
	 * lost and it is unknown whether a handler has processed it.
	 * @return {@code true} if handling it twice is harmless; by default only if its type
	 * is {@link io.adaptive.annotation.Idempotent}
	 */
	boolean idempotent() default false;

}
