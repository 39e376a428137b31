package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Injects a {@link io.adaptive.stream.Connection} to a service.
 * <p>
 * Injection never waits: the service is discovered when the connection is first used, and
 * again when it was lost. All injection points that name the same service share one
 * connection, which the application context closes; who wants a conversation of their own
 * opens a new stream.
 */
@Autowired
@Qualifier("adaptiveConnection")
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
public @interface Discover {

	/**
	 * Who owns the service.
	 * @return the publisher
	 */
	String publisher();

	/**
	 * The service.
	 * @return the name
	 */
	String name();

}
