package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.message.Scope;
import org.springframework.stereotype.Component;

/**
 * Declares a bean whose {@link MessageHandler} methods are published as a service. On a
 * class, the annotation also registers the class as a bean; on a {@code @Bean} method, it
 * publishes the returned bean.
 * <p>
 * Clients in the same program find the service when the application context has started,
 * and clients in other programs when the application is ready. On shutdown, messages in
 * flight of other programs are completed before the context stops any bean, and those of
 * the same program after the web server has stopped.
 * <p>
 * The bean must be a singleton. Its methods are called concurrently. Several beans of one
 * application context can publish the same service, each with its own message types.
 * Their other attributes must be equal, and their hooks are called in Spring's bean
 * order.
 * <p>
 * The annotation can be used as a meta-annotation.
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
	 * Returns the publisher of the service, such as an organisation. Placeholders are
	 * resolved.
	 * @return the publisher
	 */
	String publisher();

	/**
	 * Returns the name of the service, unique within its publisher. Placeholders are
	 * resolved.
	 * @return the name
	 */
	String name();

	/**
	 * Returns whether the messages of one stream are handled one at a time, in the order
	 * of sending. Messages of different streams are still handled concurrently.
	 * @return {@code true} for ordered handling; by default {@code false}
	 */
	boolean ordered() default false;

	/**
	 * Returns the scopes in which the service is published, as far as the application has
	 * them.
	 * @return the scopes; empty for all scopes of the application
	 */
	Scope[] scopes() default {};

}
