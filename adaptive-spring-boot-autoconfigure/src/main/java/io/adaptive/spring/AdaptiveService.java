package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Makes a class a bean whose {@link MessageHandler} methods are published as a service.
 * Clients of the same program find it as soon as the application context has started,
 * clients of other programs when the application is ready. It is unpublished, and
 * messages in flight are served, before the context stops anything else.
 * <p>
 * The bean must be a singleton; several messages may be handled at the same time.
 */
@Documented
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AdaptiveService {

	/**
	 * Who owns the service, such as an organisation.
	 * @return the publisher
	 */
	String publisher();

	/**
	 * The service, unique within its publisher.
	 * @return the name
	 */
	String name();

}
