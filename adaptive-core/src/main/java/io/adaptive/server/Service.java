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
 * What is published: a name and its handlers. Immutable; each method returns a changed
 * copy.
 */
public interface Service {

	/**
	 * Starts with a name.
	 * @param name the name
	 * @return a service without handlers, for all scopes of its node
	 */
	static Service named(ServiceName name) {
		return ServiceDefinition.named(name);
	}

	/**
	 * Starts with a name.
	 * @param publisher the publisher
	 * @param name the name
	 * @return a service without handlers, for all scopes of its node
	 * @throws IllegalArgumentException if a part of the name is not allowed
	 */
	static Service named(String publisher, String name) {
		return named(new ServiceName(publisher, name));
	}

	/**
	 * Adds a handler that only replies.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler gives the reply
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	<M> Service handle(Class<M> type, ReplyHandler<? super M> handler);

	/**
	 * Adds a handler that only replies, for messages of a type with type arguments.
	 * @param <M> the message type
	 * @param type the message type, such as {@code new TypeReference<List<Item>>() {
	 * }.messageType()}
	 * @param handler handles the message
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	<M> Service handle(MessageType<M> type, ReplyHandler<? super M> handler);

	/**
	 * Adds a handler that only replies, and sees what the service remembers about the
	 * stream.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler gives the reply
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	<M> Service handleInContext(Class<M> type, ContextHandler<? super M> handler);

	/**
	 * Adds a handler that only replies and sees the context of the stream, for messages
	 * of a type with type arguments.
	 * @param <M> the message type
	 * @param type the message type, such as {@code new TypeReference<List<Item>>() {
	 * }.messageType()}
	 * @param handler handles the message
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	<M> Service handleInContext(MessageType<M> type, ContextHandler<? super M> handler);

	/**
	 * Adds a handler that takes the stream and so opens a conversation.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler handles the message
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	<M> Service handle(Class<M> type, Handler<? super M> handler);

	/**
	 * Adds a handler that takes the stream, for messages of a type with type arguments.
	 * @param <M> the message type
	 * @param type the message type, such as {@code new TypeReference<List<Item>>() {
	 * }.messageType()}
	 * @param handler handles the message
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	<M> Service handle(MessageType<M> type, Handler<? super M> handler);

	/**
	 * Changes how messages are handled.
	 * @param type a message type with a handler; a sealed type stands for all its
	 * concrete types
	 * @param options how to handle it
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has no handler
	 */
	Service options(Class<?> type, HandlerOptions options);

	/**
	 * Changes how messages are handled.
	 * @param type a message type with a handler
	 * @param options how to handle it
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has no handler
	 */
	Service options(MessageType<?> type, HandlerOptions options);

	/**
	 * Lets the handlers of one stream run one after the other, in the order of their
	 * messages.
	 * @return the changed copy
	 */
	Service ordered();

	/**
	 * Runs a hook for each new connection, before it can be used and before any of its
	 * streams' hooks. A hook that throws an {@link io.adaptive.message.AdaptiveException}
	 * refuses the connection: connecting fails at the client with its code and text, of
	 * which 1,000 characters travel, and no other hook is told of that connection. After
	 * {@code NOT_FOUND}, {@code UNAVAILABLE} and {@code DEADLINE_EXCEEDED} a client tries
	 * other instances. Any other exception is logged, and the connection accepted.
	 * @param hook runs on a worker, once for each connection, or on the thread that
	 * connects if that is a worker of this node. The client waits for it; over sockets it
	 * is refused with {@code DEADLINE_EXCEEDED} after the handshake timeout
	 * @return the changed copy
	 */
	Service onConnect(Consumer<ConnectionInfo> hook);

	/**
	 * Runs a hook when a connection has ended, after all its streams' hooks.
	 * @param hook gets the reason; runs on a worker, once for each connection
	 * @return the changed copy
	 */
	Service onDisconnect(BiConsumer<ConnectionInfo, ErrorInfo> hook);

	/**
	 * Runs a hook when a stream opens, before its first handler.
	 * @param hook may set what the service remembers about the stream, and may
	 * {@linkplain StreamContext#closeConnection close the connection}; runs on a worker,
	 * once for each stream
	 * @return the changed copy
	 */
	Service onStreamOpen(Consumer<StreamContext> hook);

	/**
	 * Runs a hook when a stream has closed, also when its connection is lost.
	 * @param hook runs on a worker, once for each stream
	 * @return the changed copy
	 */
	Service onStreamClose(Consumer<StreamContext> hook);

	/**
	 * Takes raw connections, which carry nothing but bytes after the handshake and reach
	 * no handler. Clients open them with
	 * {@link io.adaptive.client.AdaptiveClient#discoverRaw}; without this hook they are
	 * refused. Others are not affected.
	 * @param hook gets each raw connection that a client opens; runs on a worker, and may
	 * block there. The connection stays open when it returns, until one end closes it; it
	 * is closed if the hook throws. When the service leaves, the hook is given the drain
	 * timeout to return, then the connection is closed
	 * @return the changed copy
	 */
	Service onRawConnection(Consumer<RawConnection> hook);

	/**
	 * Chooses where to publish.
	 * @param scopes some of the scopes of the node, at least one
	 * @return the changed copy
	 */
	Service scopes(Scope... scopes);

	/**
	 * Sets how long the service may go on with what is in flight when it leaves.
	 * @param drainTimeout the time, by default that of the node; a hundred years or more
	 * are no limit
	 * @return the changed copy
	 * @throws IllegalArgumentException if it is negative
	 */
	Service drainTimeout(Duration drainTimeout);

	/**
	 * Checks a drain timeout, be it that of a service or of a node.
	 * @param drainTimeout the time that is to be set
	 * @return the same time
	 * @throws IllegalArgumentException if it is negative
	 */
	static Duration checkDrainTimeout(Duration drainTimeout) {
		return ServiceDefinition.checkDrainTimeout(drainTimeout);
	}

	/**
	 * Returns the name.
	 * @return the name
	 */
	ServiceName name();

	/**
	 * Returns the types of the messages that have a handler.
	 * @return the concrete types
	 */
	Collection<Class<?>> messageTypes();

	/**
	 * Returns where to publish.
	 * @return the scopes, none for all of the node
	 */
	Set<Scope> scopes();

}
