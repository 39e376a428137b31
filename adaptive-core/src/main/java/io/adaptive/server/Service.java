package io.adaptive.server;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.adaptive.handler.ContextHandler;
import io.adaptive.handler.Handler;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.internal.server.ServiceDefinition;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.raw.RawConnection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;

/**
 * The definition of a service: its name, handlers and hooks. Immutable; each
 * configuration method returns a changed copy.
 */
public interface Service {

	/**
	 * Returns a service without handlers.
	 * @param name the name
	 * @return the service, to be published in all scopes of its node
	 */
	static Service named(ServiceName name) {
		return ServiceDefinition.named(name);
	}

	/**
	 * Returns a service without handlers.
	 * @param publisher the publisher
	 * @param name the name
	 * @return the service, to be published in all scopes of its node
	 * @throws IllegalArgumentException if a part of the name is not allowed
	 */
	static Service named(String publisher, String name) {
		return named(new ServiceName(publisher, name));
	}

	/**
	 * Adds a handler that returns a reply.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler the handler
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message type already has a handler
	 */
	<M> Service handle(Class<M> type, ReplyHandler<? super M> handler);

	/**
	 * Adds a handler that returns a reply, for a message type with type arguments.
	 * @param <M> the message type
	 * @param type the message type, such as {@code new TypeReference<List<Item>>() {
	 * }.messageType()}
	 * @param handler the handler
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message type already has a handler
	 */
	<M> Service handle(MessageType<M> type, ReplyHandler<? super M> handler);

	/**
	 * Adds a handler that returns a reply and has access to the context of the stream.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler the handler
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message type already has a handler
	 */
	<M> Service handleInContext(Class<M> type, ContextHandler<? super M> handler);

	/**
	 * Adds a handler that returns a reply and has access to the context of the stream,
	 * for a message type with type arguments.
	 * @param <M> the message type
	 * @param type the message type, such as {@code new TypeReference<List<Item>>() {
	 * }.messageType()}
	 * @param handler the handler
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message type already has a handler
	 */
	<M> Service handleInContext(MessageType<M> type, ContextHandler<? super M> handler);

	/**
	 * Adds a handler that has access to the stream and can hold a conversation on it.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler the handler
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message type already has a handler
	 */
	<M> Service handle(Class<M> type, Handler<? super M> handler);

	/**
	 * Adds a handler that has access to the stream, for a message type with type
	 * arguments.
	 * @param <M> the message type
	 * @param type the message type, such as {@code new TypeReference<List<Item>>() {
	 * }.messageType()}
	 * @param handler the handler
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message type already has a handler
	 */
	<M> Service handle(MessageType<M> type, Handler<? super M> handler);

	/**
	 * Sets the options of a handler.
	 * @param type a message type with a handler; a sealed type stands for all its
	 * concrete types
	 * @param options the options
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message type has no handler
	 */
	Service options(Class<?> type, HandlerOptions options);

	/**
	 * Sets the options of a handler, for a message type with type arguments.
	 * @param type a message type with a handler
	 * @param options the options
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message type has no handler
	 */
	Service options(MessageType<?> type, HandlerOptions options);

	/**
	 * Makes the service ordered: handlers of messages on one stream run one at a time, in
	 * the order of the messages.
	 * @return the changed copy
	 */
	Service ordered();

	/**
	 * Sets a hook that runs for each new connection, before the connection can be used
	 * and before the hooks of its streams.
	 * <p>
	 * A hook refuses the connection by throwing an
	 * {@link io.adaptive.message.AdaptiveException}. The client then fails to connect,
	 * with the code and the first 1,000 characters of the text, and no other hook is
	 * called for that connection. After {@code NOT_FOUND}, {@code UNAVAILABLE} and
	 * {@code DEADLINE_EXCEEDED} a client tries other instances. Any other exception is
	 * logged, and the connection is accepted.
	 * @param hook runs on a worker, once per connection, or on the connecting thread if
	 * that is a worker of this node. The client waits for the hook; over sockets it is
	 * refused with {@code DEADLINE_EXCEEDED} after the handshake timeout
	 * @return the changed copy
	 */
	Service onConnect(Consumer<ConnectionInfo> hook);

	/**
	 * Sets a hook that runs when a connection has ended, after the hooks of its streams.
	 * @param hook receives the connection and the reason; runs on a worker, once per
	 * connection
	 * @return the changed copy
	 */
	Service onDisconnect(BiConsumer<ConnectionInfo, ErrorInfo> hook);

	/**
	 * Sets a hook that runs when a stream is opened, before the first handler of the
	 * stream.
	 * @param hook may initialize the context of the stream or
	 * {@linkplain StreamContext#closeConnection close the connection}; runs on a worker,
	 * once per stream
	 * @return the changed copy
	 */
	Service onStreamOpen(Consumer<StreamContext> hook);

	/**
	 * Sets a hook that runs when a stream has been closed or its connection was lost.
	 * @param hook runs on a worker, once per stream
	 * @return the changed copy
	 */
	Service onStreamClose(Consumer<StreamContext> hook);

	/**
	 * Sets a hook that accepts raw connections, which carry only bytes after the
	 * handshake and reach no handler. Clients open them with
	 * {@link io.adaptive.client.AdaptiveClient#discoverRaw}. Without this hook raw
	 * connections are refused. Other connections are not affected.
	 * @param hook receives each raw connection that a client opens; runs on a worker and
	 * may block. The connection stays open after the hook returns, until either end
	 * closes it. It is closed if the hook throws. When the service is unpublished, the
	 * hook has the drain timeout to return, then the connection is closed
	 * @return the changed copy
	 */
	Service onRawConnection(Consumer<RawConnection> hook);

	/**
	 * Sets the scopes in which to publish the service.
	 * @param scopes scopes of the node, at least one
	 * @return the changed copy
	 */
	Service scopes(Scope... scopes);

	/**
	 * Sets the drain timeout: the time to complete messages in flight when the service is
	 * unpublished.
	 * @param drainTimeout the timeout, by default that of the node; 100 years or more is
	 * no limit
	 * @return the changed copy
	 * @throws IllegalArgumentException if it is negative
	 */
	Service drainTimeout(Duration drainTimeout);

	/**
	 * Checks the drain timeout of a service or a node.
	 * @param drainTimeout the timeout
	 * @return the same timeout
	 * @throws IllegalArgumentException if it is negative
	 */
	static Duration checkDrainTimeout(Duration drainTimeout) {
		return ServiceDefinition.checkDrainTimeout(drainTimeout);
	}

	/**
	 * Returns the name of the service.
	 * @return the name
	 */
	ServiceName name();

	/**
	 * Returns the message types that have a handler.
	 * @return the concrete types
	 */
	Collection<Class<?>> messageTypes();

	/**
	 * Returns the scopes in which to publish the service.
	 * @return the scopes; empty for all scopes of the node
	 */
	Set<Scope> scopes();

}
