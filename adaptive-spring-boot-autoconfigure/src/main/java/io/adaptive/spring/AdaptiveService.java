package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.message.Scope;

import org.springframework.stereotype.Component;

/**
 * Makes a class a bean whose {@link MessageHandler} methods are published as a service;
 * on a {@code @Bean} method, publishes the bean that it gives. Clients of the same
 * program find the service as soon as the application context has started, clients of
 * other programs when the application is ready. At the end other programs' messages in
 * flight are served before the context stops anything, its own after its web server has
 * stopped.
 * <p>
 * The bean must be a singleton; several messages may be handled at the same time. Beans
 * of one application context that name the same service publish it together, each with
 * its own messages. They are asked in the order in which Spring sorts them, and have to
 * agree in the other attributes.
 * <p>
 * The annotation may stand on an annotation of the application's own.
 *
 * @see OnConnect
 * @see OnDisconnect
 * @see OnStreamOpen
 * @see OnStreamClose
 * @see OnRawConnection
 */
@Documented
@Component
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
public @interface AdaptiveService {

	/**
	 * Who owns the service, such as an organisation. May have placeholders.
	 * @return the publisher
	 */
	String publisher();

	/**
	 * The service, unique within its publisher. May have placeholders.
	 * @return the name
	 */
	String name();

	/**
	 * Whether the messages of one stream are handled one after the other, in the order in
	 * which they were sent. Those of different streams still are at the same time.
	 * @return whether order matters
	 */
	boolean ordered() default false;

	/**
	 * How far the service is published at most; the application may know fewer scopes.
	 * @return the scopes, none for all of the application
	 */
	Scope[] scopes() default {};

}
