package io.adaptive.internal.server;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import io.adaptive.handler.ContextHandler;
import io.adaptive.handler.HandledMessage;
import io.adaptive.handler.Handler;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.internal.dispatch.HandlerTable;
import io.adaptive.internal.dispatch.ServiceDispatcher;
import io.adaptive.internal.dispatch.ServiceHooks;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.message.TimeRange;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.raw.RawConnection;
import io.adaptive.server.Service;
import io.adaptive.spi.Link;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * Implementation of {@link Service}: its name, its handlers and its hooks. Immutable.
 */
public final class ServiceDefinition implements Service {

	private static final TimeRange DRAIN_TIMEOUT = new TimeRange("drain timeout", Duration.ZERO, TimeRange.UNLIMITED);

	private final ServiceName name;

	private final HandlerTable handlers;

	private final Set<Scope> scopes;

	private final ServiceHooks hooks;

	private final boolean ordered;

	private final Function<Link, Link.@Nullable Receiver> takeOver;

	private final @Nullable Duration drainTimeout;

	private final @Nullable Consumer<RawConnection> rawHook;

	private ServiceDefinition(ServiceName name, HandlerTable handlers, Set<Scope> scopes, ServiceHooks hooks,
			boolean ordered, Function<Link, Link.@Nullable Receiver> takeOver, @Nullable Duration drainTimeout,
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

	/**
	 * Creates a service without handlers.
	 * @param name its name
	 * @return the service
	 */
	public static ServiceDefinition named(ServiceName name) {
		return new ServiceDefinition(name, HandlerTable.EMPTY, Set.of(), ServiceHooks.NONE, false, (link) -> null, null,
				null);
	}

	/**
	 * Returns the definition of a service.
	 * @param service the service, as users have it
	 * @return the same service
	 */
	public static ServiceDefinition of(Service service) {
		return (ServiceDefinition) service;
	}

	/**
	 * Checks a drain timeout.
	 * @param drainTimeout the timeout
	 * @return the same timeout
	 * @throws IllegalArgumentException if it is negative
	 */
	public static Duration checkDrainTimeout(Duration drainTimeout) {
		return DRAIN_TIMEOUT.check(drainTimeout);
	}

	private ServiceDefinition with(HandlerTable handlers) {
		return new ServiceDefinition(this.name, handlers, this.scopes, this.hooks, this.ordered, this.takeOver,
				this.drainTimeout, this.rawHook);
	}

	private ServiceDefinition with(ServiceHooks hooks) {
		return new ServiceDefinition(this.name, this.handlers, this.scopes, hooks, this.ordered, this.takeOver,
				this.drainTimeout, this.rawHook);
	}

	@Override
	public <M> Service handle(Class<M> type, ReplyHandler<? super M> handler) {
		return handle(MessageType.of(type), handler);
	}

	@Override
	public <M> Service handle(MessageType<M> type, ReplyHandler<? super M> handler) {
		return with(this.handlers.with(type, handler));
	}

	@Override
	public <M> Service handleInContext(Class<M> type, ContextHandler<? super M> handler) {
		return handleInContext(MessageType.of(type), handler);
	}

	@Override
	public <M> Service handleInContext(MessageType<M> type, ContextHandler<? super M> handler) {
		return with(this.handlers.withInformed(type, handler));
	}

	@Override
	public <M> Service handle(Class<M> type, Handler<? super M> handler) {
		return handle(MessageType.of(type), handler);
	}

	@Override
	public <M> Service handle(MessageType<M> type, Handler<? super M> handler) {
		return with(this.handlers.with(type, handler));
	}

	@Override
	public Service options(Class<?> type, HandlerOptions options) {
		return options(MessageType.of(type), options);
	}

	@Override
	public Service options(MessageType<?> type, HandlerOptions options) {
		return with(this.handlers.with(type, options));
	}

	@Override
	public Service ordered() {
		return new ServiceDefinition(this.name, this.handlers, this.scopes, this.hooks, true, this.takeOver,
				this.drainTimeout, this.rawHook);
	}

	@Override
	public Service onConnect(Consumer<ConnectionInfo> hook) {
		return with(new ServiceHooks(hook, this.hooks.disconnected(), this.hooks.streamOpened(),
				this.hooks.streamClosed()));
	}

	@Override
	public Service onDisconnect(BiConsumer<ConnectionInfo, ErrorInfo> hook) {
		return with(
				new ServiceHooks(this.hooks.connected(), hook, this.hooks.streamOpened(), this.hooks.streamClosed()));
	}

	@Override
	public Service onStreamOpen(Consumer<StreamContext> hook) {
		return with(
				new ServiceHooks(this.hooks.connected(), this.hooks.disconnected(), hook, this.hooks.streamClosed()));
	}

	@Override
	public Service onStreamClose(Consumer<StreamContext> hook) {
		return with(
				new ServiceHooks(this.hooks.connected(), this.hooks.disconnected(), this.hooks.streamOpened(), hook));
	}

	@Override
	public Service onRawConnection(Consumer<RawConnection> hook) {
		return new ServiceDefinition(this.name, this.handlers, this.scopes, this.hooks, this.ordered, this.takeOver,
				this.drainTimeout, hook);
	}

	@Nullable Consumer<RawConnection> rawHook() {
		return this.rawHook;
	}

	/**
	 * Sets a function that may take over the link of each new connection, whose messages
	 * then reach no handler.
	 * @param takeOver returns the receiver of a link, {@code null} to leave the link to
	 * the service
	 * @return the changed copy
	 */
	public ServiceDefinition takeOver(Function<Link, Link.@Nullable Receiver> takeOver) {
		return new ServiceDefinition(this.name, this.handlers, this.scopes, this.hooks, this.ordered, takeOver,
				this.drainTimeout, this.rawHook);
	}

	@Override
	public Service scopes(Scope... scopes) {
		return new ServiceDefinition(this.name, this.handlers, EnumSet.copyOf(List.of(scopes)), this.hooks,
				this.ordered, this.takeOver, this.drainTimeout, this.rawHook);
	}

	@Override
	public Service drainTimeout(Duration drainTimeout) {
		return new ServiceDefinition(this.name, this.handlers, this.scopes, this.hooks, this.ordered, this.takeOver,
				checkDrainTimeout(drainTimeout), this.rawHook);
	}

	Duration drainTimeoutOr(Duration usual) {
		return (this.drainTimeout != null) ? this.drainTimeout : usual;
	}

	@Override
	public ServiceName name() {
		return this.name;
	}

	@Override
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

	@Override
	public Set<Scope> scopes() {
		return this.scopes;
	}

}
