package io.adaptive.server;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.adaptive.dispatch.Handler;
import io.adaptive.dispatch.HandlerTable;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * What is published: a name and its handlers. Immutable; each method returns a changed
 * copy.
 */
public final class Service {

	private final ServiceName name;

	private final HandlerTable handlers;

	private final Set<Scope> scopes;

	private Service(ServiceName name, HandlerTable handlers, Set<Scope> scopes) {
		this.name = name;
		this.handlers = handlers;
		this.scopes = scopes;
	}

	/**
	 * Starts with a name.
	 * @param name the name
	 * @return a service without handlers, for all scopes of its node
	 */
	public static Service named(ServiceName name) {
		return new Service(name, HandlerTable.EMPTY, Set.of());
	}

	/**
	 * Starts with a name.
	 * @param publisher the publisher
	 * @param name the name
	 * @return a service without handlers, for all scopes of its node
	 * @throws IllegalArgumentException if a part of the name is not allowed
	 */
	public static Service named(String publisher, String name) {
		return named(new ServiceName(publisher, name));
	}

	/**
	 * Adds a handler that only replies; a caller gets an acknowledgement for
	 * {@code null}.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler gives the reply
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	public <M> Service handle(Class<M> type, Function<? super M, ? extends @Nullable Object> handler) {
		return new Service(this.name, this.handlers.with(type, handler), this.scopes);
	}

	/**
	 * Adds a handler that takes the stream and so opens a conversation.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler handles the message
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	public <M> Service handle(Class<M> type, Handler<? super M> handler) {
		return new Service(this.name, this.handlers.with(type, handler), this.scopes);
	}

	/**
	 * Chooses where to publish.
	 * @param scopes some of the scopes of the node, at least one
	 * @return the changed copy
	 */
	public Service scopes(Scope... scopes) {
		return new Service(this.name, this.handlers, EnumSet.copyOf(List.of(scopes)));
	}

	/**
	 * Returns the name.
	 * @return the name
	 */
	public ServiceName name() {
		return this.name;
	}

	/**
	 * Returns the types of the messages that have a handler.
	 * @return the concrete types
	 */
	public Collection<Class<?>> messageTypes() {
		return this.handlers.messageTypes();
	}

	HandlerTable handlers() {
		return this.handlers;
	}

	/**
	 * Returns where to publish, nothing for everywhere.
	 */
	Set<Scope> scopes() {
		return this.scopes;
	}

}
