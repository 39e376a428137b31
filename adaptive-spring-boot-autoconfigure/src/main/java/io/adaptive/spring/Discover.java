package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.message.Scope;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AliasFor;

/**
 * Injects a connection to a service or a client of it, or declares an interface as a
 * client.
 * <p>
 * On a field, or on a parameter of a constructor, a {@code @Bean} method, a setter or a
 * test, the type selects the injected object:
 * <ul>
 * <li>{@link io.adaptive.stream.Connection}: a reconnecting connection to one
 * instance;</li>
 * <li>{@code List<Connection>}: a live, unmodifiable view of the known instances, with
 * one connection to each. Iterate over the list or copy it, because instances can
 * disappear between two calls; an iterator is a snapshot;</li>
 * <li>{@code Flux<Connection>}: one connection to each known instance and to each
 * instance that appears later;</li>
 * <li>an interface: a typed client;</li>
 * <li>{@code Optional} or {@code ObjectProvider} of these: empty if discovery is
 * disabled, as by {@code adaptive.enabled=false}.</li>
 * </ul>
 * On an interface in a scanned package, the annotation registers a client bean. Each
 * method of the interface takes one message and makes a call. It returns the reply, a
 * {@code Mono}, {@code CompletableFuture}, {@code CompletionStage} or {@code Optional} of
 * the reply, a {@code Flux} for a handler with several replies, or {@code void}.
 * <p>
 * Injection does not wait: the service is discovered on first use, and again after its
 * connection was lost. All injection points with the same service and attributes share
 * one connection. The application context closes it, and its {@code close()} has no
 * effect. A conversation uses a new stream, which its opener closes.
 * <p>
 * <code>${...}</code> placeholders in texts are resolved. The properties
 * {@code adaptive.clients.<id>} override the attributes.
 *
 * @see CallOptions
 * @see OneWay
 */
@Autowired
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Discover {

	/**
	 * Returns the publisher of the service. It can contain {@code *} for any characters
	 * if all instances are injected.
	 * @return the publisher
	 */
	String publisher();

	/**
	 * Returns the name of the service. It can contain {@code *} for any characters if all
	 * instances are injected.
	 * @return the name
	 */
	String name();

	/**
	 * Returns the id of the client, the key below {@code adaptive.clients} of the
	 * properties that override these attributes.
	 * @return the id, by default the name
	 */
	String id() default "";

	/**
	 * Returns the machines whose instances are used.
	 * @return their provider ids, in which {@code *} matches any characters; empty for
	 * all machines
	 */
	String[] providers() default {};

	/**
	 * Returns the scopes in which to search for the service.
	 * @return the scopes; empty for all scopes of the application
	 */
	Scope[] scopes() default {};

	/**
	 * Returns the selection among instances in the same scope: {@code random},
	 * {@code capacity}, {@code latency}, {@code capacity,latency} and other chains of
	 * these, {@code round-robin}, {@code power-of-two-choices}, {@code sticky:} and a
	 * key, or the name of a bean of type {@link io.adaptive.client.Selection}.
	 * @return the selection, by default that of the application's
	 * {@link io.adaptive.client.AdaptiveClient}
	 */
	String selection() default "";

	/**
	 * Returns the timeout of a call, such as {@code 2s}, including the wait for the
	 * service and retries. For a {@code Flux}, it is the timeout of each message.
	 * @return the timeout, by default none
	 */
	String timeout() default "";

	/**
	 * Returns the time that a call waits for the service to appear, such as {@code 10s};
	 * zero does not wait.
	 * @return the timeout, by default {@code adaptive.discover-timeout}
	 */
	String discoverTimeout() default "";

	/**
	 * Returns whether to discover the service when the application has started. If it is
	 * also {@link #required()}, the application is not ready before the service was
	 * found.
	 * <p>
	 * With lazy initialization ({@code spring.main.lazy-initialization}), this applies to
	 * client interfaces that are beans. A bean with an injection point has to be created
	 * first, for example by {@code @Lazy(false)}.
	 * @return {@code true} for eager discovery; by default the service is discovered on
	 * first use
	 */
	boolean eager() default false;

	/**
	 * Returns whether the injection point requires an object. There always is one, unless
	 * discovery is disabled, as by {@code adaptive.enabled=false}.
	 * @return {@code true} if the application fails to start without it
	 */
	@AliasFor(annotation = Autowired.class)
	boolean required() default true;

}
