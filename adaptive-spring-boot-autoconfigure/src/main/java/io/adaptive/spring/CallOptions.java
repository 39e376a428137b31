package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.message.Priority;

/**
 * Says how the calls of one method of a client interface are treated otherwise than those
 * of the others.
 *
 * @see Discover
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface CallOptions {

	/**
	 * How long a call may take, waiting for the service and sending it again included,
	 * such as {@code 2s}; zero for no limit. May hold <code>${...}</code> placeholders.
	 * @return the timeout, by default that of the interface
	 */
	String timeout() default "";

	/**
	 * How urgent the message is where it is handled. Handlers that declare a priority
	 * themselves are not overruled.
	 * @return the priority, by default that of the interface
	 */
	Priority priority() default Priority.NORMAL;

	/**
	 * Whether handling the message twice does no harm, so that it is sent again when a
	 * connection was lost and nobody knows whether the message was handled.
	 * @return whether, by default only if its type is
	 * {@link io.adaptive.annotation.Idempotent}
	 */
	boolean idempotent() default false;

}
