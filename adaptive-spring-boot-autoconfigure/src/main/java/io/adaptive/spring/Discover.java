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
 * Injects what leads to a service, or makes an interface a client of one.
 * <p>
 * On a field or parameter, of a constructor, a {@code @Bean} method, a setter or a test,
 * the type says what is injected:
 * <ul>
 * <li>{@link io.adaptive.stream.Connection}: a connection to one instance, and to another
 * when that one is lost;</li>
 * <li>{@code List<Connection>}: a live, unmodifiable view of the instances that are
 * known, with one connection to each. Iterate over it or copy it: instances may go
 * between two calls, an iterator shows what was known when it was made;</li>
 * <li>{@code Flux<Connection>}: one connection to each instance that is known, and to
 * each that appears later;</li>
 * <li>an interface: a typed client;</li>
 * <li>{@code Optional} or {@code ObjectProvider} of these: empty where nothing discovers,
 * as with {@code adaptive.enabled=false}.</li>
 * </ul>
 * On an interface, it makes the interface a bean if it is in a package that is scanned.
 * Each of its methods takes one message and is a call. It returns the reply, or
 * {@code Mono}, {@code CompletableFuture}, {@code CompletionStage} or {@code Optional} of
 * it, {@code Flux} for a handler with many replies, or {@code void}.
 * <p>
 * Injection never waits: the service is discovered when it is first used, and again when
 * it was lost. All who name the same service with the same attributes share one
 * connection, which the application context closes: its {@code close()} does nothing. A
 * conversation of its own is a new stream, which its opener closes.
 * <p>
 * Texts may hold <code>${...}</code> placeholders. The properties
 * {@code adaptive.clients.<id>} overrule the attributes.
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
	 * Who owns the service; with {@code *} for any characters where all instances are
	 * wanted.
	 * @return the publisher
	 */
	String publisher();

	/**
	 * The service; with {@code *} for any characters where all instances are wanted.
	 * @return the name
	 */
	String name();

	/**
	 * The key below {@code adaptive.clients} of the properties that overrule these
	 * attributes.
	 * @return the id, by default the name
	 */
	String id() default "";

	/**
	 * The machines whose instances are wanted.
	 * @return their provider ids, with {@code *} for any characters; none for any machine
	 */
	String[] providers() default {};

	/**
	 * Where to look.
	 * @return the scopes, none for all that the application has
	 */
	Scope[] scopes() default {};

	/**
	 * How to choose among instances that are equally near: {@code random},
	 * {@code capacity}, {@code latency}, {@code capacity,latency} and other chains of
	 * these, {@code round-robin}, {@code power-of-two-choices}, {@code sticky:} and a
	 * key, or the name of a bean of type {@link io.adaptive.client.Selection}.
	 * @return the selection, by default that of the application's
	 * {@link io.adaptive.client.AdaptiveClient}
	 */
	String selection() default "";

	/**
	 * How long a call may take, waiting for the service and sending it again included,
	 * such as {@code 2s}. Of a {@code Flux}, how long each message may take.
	 * @return the timeout, by default none
	 */
	String timeout() default "";

	/**
	 * How long a call waits for the service to appear, such as {@code 10s}; zero does not
	 * wait.
	 * @return the timeout, by default {@code adaptive.discover-timeout}
	 */
	String discoverTimeout() default "";

	/**
	 * Whether to discover the service as soon as the application has started. If it is
	 * {@link #required()} too, the application is not ready before it was found. Where
	 * beans are made lazily ({@code spring.main.lazy-initialization}), that goes for
	 * client interfaces that are beans; a bean with an injection point has to be made
	 * first, for example because it is {@code @Lazy(false)}.
	 * @return whether, by default at first use
	 */
	boolean eager() default false;

	/**
	 * Whether there has to be something to inject. That is always so, unless nothing
	 * discovers, as with {@code adaptive.enabled=false}.
	 * @return whether its absence ends the start
	 */
	@AliasFor(annotation = Autowired.class)
	boolean required() default true;

}
