package io.adaptive.server;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import io.adaptive.dispatch.ContextHandler;
import io.adaptive.dispatch.HandledMessage;
import io.adaptive.dispatch.Handler;
import io.adaptive.dispatch.HandlerOptions;
import io.adaptive.dispatch.HandlerTable;
import io.adaptive.dispatch.ReplyHandler;
import io.adaptive.dispatch.ServiceDispatcher;
import io.adaptive.dispatch.ServiceHooks;
import io.adaptive.dispatch.WorkerPool;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.TimeRange;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;
import io.adaptive.transport.Link;
import io.adaptive.transport.RawConnection;
import org.jspecify.annotations.Nullable;

/**
 * What is published: a name and its handlers. Immutable; each method returns a changed
 * copy.
 */
public final class Service {

	private static final TimeRange DRAIN_TIMEOUT = new TimeRange("drain timeout", Duration.ZERO, TimeRange.UNLIMITED);

	private final ServiceName name;

	private final HandlerTable handlers;

	private final Set<Scope> scopes;

	private final ServiceHooks hooks;

	private final boolean ordered;

	private final Function<Link, Link.@Nullable Receiver> takeOver;

	private final @Nullable Duration drainTimeout;

	private final @Nullable Consumer<RawConnection> rawHook;

	private Service(ServiceName name, HandlerTable handlers, Set<Scope> scopes, ServiceHooks hooks, boolean ordered,
			Function<Link, Link.@Nullable Receiver> takeOver, @Nullable Duration drainTimeout,
			@Nullable Consumer<RawConnection> rawHook) {
		this.rawHook = rawHook;
		this.drainTimeout = drainTimeout;
		this.name = name;
		this.handlers = handlers;
		this.scopes = scopes;
		this.hooks = hooks;
		this.ordered = ordered;
		this.takeOver = takeOver;
	}

	private Service with(HandlerTable handlers) {
		return new Service(this.name, handlers, this.scopes, this.hooks, this.ordered, this.takeOver, this.drainTimeout,
				this.rawHook);
	}

	private Service with(ServiceHooks hooks) {
		return new Service(this.name, this.handlers, this.scopes, hooks, this.ordered, this.takeOver, this.drainTimeout,
				this.rawHook);
	}

	/**
	 * Starts with a name.
	 * @param name the name
	 * @return a service without handlers, for all scopes of its node
	 */
	public static Service named(ServiceName name) {
		return new Service(name, HandlerTable.EMPTY, Set.of(), ServiceHooks.NONE, false, (link) -> null, null, null);
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
	 * Adds a handler that only replies.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler gives the reply
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	public <M> Service handle(Class<M> type, ReplyHandler<? super M> handler) {
		return handle(MessageType.of(type), handler);
	}

	/**
	 * Adds a handler that only replies, for messages of a type with type arguments.
	 * @param <M> the message type
	 * @param type the message type, such as {@code new TypeReference<List<Item>>() {
	 * }.messageType()}
	 * @param handler handles the message
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	public <M> Service handle(MessageType<M> type, ReplyHandler<? super M> handler) {
		return with(this.handlers.with(type, handler));
	}

	/**
	 * Adds a handler that only replies, and sees what the service remembers about the
	 * stream.
	 * @param <M> the message type
	 * @param type the message type; a sealed type stands for all its concrete types
	 * @param handler gives the reply
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	public <M> Service handleInContext(Class<M> type, ContextHandler<? super M> handler) {
		return handleInContext(MessageType.of(type), handler);
	}

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
	public <M> Service handleInContext(MessageType<M> type, ContextHandler<? super M> handler) {
		return with(this.handlers.withInformed(type, handler));
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
		return handle(MessageType.of(type), handler);
	}

	/**
	 * Adds a handler that takes the stream, for messages of a type with type arguments.
	 * @param <M> the message type
	 * @param type the message type, such as {@code new TypeReference<List<Item>>() {
	 * }.messageType()}
	 * @param handler handles the message
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has a handler
	 */
	public <M> Service handle(MessageType<M> type, Handler<? super M> handler) {
		return with(this.handlers.with(type, handler));
	}

	/**
	 * Changes how messages are handled.
	 * @param type a message type with a handler; a sealed type stands for all its
	 * concrete types
	 * @param options how to handle it
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has no handler
	 */
	public Service options(Class<?> type, HandlerOptions options) {
		return options(MessageType.of(type), options);
	}

	/**
	 * Changes how messages are handled.
	 * @param type a message type with a handler
	 * @param options how to handle it
	 * @return the changed copy
	 * @throws IllegalArgumentException if the message has no handler
	 */
	public Service options(MessageType<?> type, HandlerOptions options) {
		return with(this.handlers.with(type, options));
	}

	/**
	 * Lets the handlers of one stream run one after the other, in the order of their
	 * messages.
	 * @return the changed copy
	 */
	public Service ordered() {
		return new Service(this.name, this.handlers, this.scopes, this.hooks, true, this.takeOver, this.drainTimeout,
				this.rawHook);
	}

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
	public Service onConnect(Consumer<ConnectionInfo> hook) {
		return with(new ServiceHooks(hook, this.hooks.disconnected(), this.hooks.streamOpened(),
				this.hooks.streamClosed()));
	}

	/**
	 * Runs a hook when a connection has ended, after all its streams' hooks.
	 * @param hook gets the reason; runs on a worker, once for each connection
	 * @return the changed copy
	 */
	public Service onDisconnect(BiConsumer<ConnectionInfo, ErrorInfo> hook) {
		return with(
				new ServiceHooks(this.hooks.connected(), hook, this.hooks.streamOpened(), this.hooks.streamClosed()));
	}

	/**
	 * Runs a hook when a stream opens, before its first handler.
	 * @param hook may set what the service remembers about the stream, and may
	 * {@linkplain StreamContext#closeConnection close the connection}; runs on a worker,
	 * once for each stream
	 * @return the changed copy
	 */
	public Service onStreamOpen(Consumer<StreamContext> hook) {
		return with(
				new ServiceHooks(this.hooks.connected(), this.hooks.disconnected(), hook, this.hooks.streamClosed()));
	}

	/**
	 * Runs a hook when a stream has closed, also when its connection is lost.
	 * @param hook runs on a worker, once for each stream
	 * @return the changed copy
	 */
	public Service onStreamClose(Consumer<StreamContext> hook) {
		return with(
				new ServiceHooks(this.hooks.connected(), this.hooks.disconnected(), this.hooks.streamOpened(), hook));
	}

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
	public Service onRawConnection(Consumer<RawConnection> hook) {
		return new Service(this.name, this.handlers, this.scopes, this.hooks, this.ordered, this.takeOver,
				this.drainTimeout, hook);
	}

	@Nullable Consumer<RawConnection> rawHook() {
		return this.rawHook;
	}

	/**
	 * Lets the service take over a new connection, which then has no streams and no
	 * handlers, only envelopes. Its receiver grants the peer credit for messages, which
	 * has none to begin with.
	 * @param takeOver gives the receiver of a link it wants, else {@code null}; runs on
	 * the event loop, must not block
	 * @return the changed copy
	 */
	public Service takeOver(Function<Link, Link.@Nullable Receiver> takeOver) {
		return new Service(this.name, this.handlers, this.scopes, this.hooks, this.ordered, takeOver, this.drainTimeout,
				this.rawHook);
	}

	/**
	 * Chooses where to publish.
	 * @param scopes some of the scopes of the node, at least one
	 * @return the changed copy
	 */
	public Service scopes(Scope... scopes) {
		return new Service(this.name, this.handlers, EnumSet.copyOf(List.of(scopes)), this.hooks, this.ordered,
				this.takeOver, this.drainTimeout, this.rawHook);
	}

	/**
	 * Sets how long the service may go on with what is in flight when it leaves.
	 * @param drainTimeout the time, by default that of the node; a hundred years or more
	 * are no limit
	 * @return the changed copy
	 * @throws IllegalArgumentException if it is negative
	 */
	public Service drainTimeout(Duration drainTimeout) {
		return new Service(this.name, this.handlers, this.scopes, this.hooks, this.ordered, this.takeOver,
				checkDrainTimeout(drainTimeout), this.rawHook);
	}

	/**
	 * Checks a drain timeout, be it that of a service or of a node.
	 * @param drainTimeout the time that is to be set
	 * @return the same time
	 * @throws IllegalArgumentException if it is negative
	 */
	public static Duration checkDrainTimeout(Duration drainTimeout) {
		return DRAIN_TIMEOUT.check(drainTimeout);
	}

	Duration drainTimeoutOr(Duration usual) {
		return (this.drainTimeout != null) ? this.drainTimeout : usual;
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

	List<HandledMessage> handledMessages() {
		return this.handlers.handled();
	}

	boolean isOrdered() {
		return this.ordered;
	}

	ServiceDispatcher newDispatcher(WorkerPool workers) {
		return new ServiceDispatcher(this.name, this.handlers, this.hooks, this.ordered, workers);
	}

	Function<Link, Link.@Nullable Receiver> takeOver() {
		return this.takeOver;
	}

	/**
	 * Returns where to publish.
	 * @return the scopes, none for all of the node
	 */
	public Set<Scope> scopes() {
		return this.scopes;
	}

}
