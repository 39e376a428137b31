package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.node.MessageConfiguration;
import io.adaptive.internal.node.NodeConfiguration;
import io.adaptive.internal.node.RunningNode;
import io.adaptive.internal.node.WorkerConfiguration;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.RegisteredTypes;
import io.adaptive.message.CallerContext;
import io.adaptive.message.Endpoint;
import io.adaptive.server.Service;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.spi.DialInterceptor;
import io.adaptive.stream.MessageObserver;
import org.jspecify.annotations.Nullable;

/**
 * A builder of a node. Not thread-safe. Settings changed after {@link #build()} apply to
 * the next node only.
 */
public final class AdaptiveNodeBuilder extends ReachBuilder {

	private WorkerKind workerKind = WorkerKind.AUTO;

	private ScaleFactors scaleFactors = ScaleFactors.DEFAULT;

	private boolean shedding;

	private long queueMemory = WorkerPool.DEFAULT_MEMORY;

	private @Nullable Duration discoverTimeout;

	private Duration drainTimeout = Duration.ofSeconds(30);

	private LinkSettings linkSettings = LinkSettings.DEFAULT;

	private boolean nativeSockets = true;

	private String codec = "fory";

	private RegisteredTypes registeredTypes = RegisteredTypes.NONE;

	private int maxMessageDepth = Codecs.DEFAULT_MAX_DEPTH;

	private boolean copyInProcess;

	private CallerContext callerContext = CallerContext.NONE;

	private final List<MessageObserver> messageObservers = new ArrayList<>();

	private DialInterceptor dialInterceptor = DialInterceptor.NONE;

	private DiscoveryClock discoveryClock = DiscoveryClock.SYSTEM;

	private boolean warmUpAtOnce = true;

	private final NodeHost host;

	AdaptiveNodeBuilder(NodeHost host) {
		this.host = host;
		host.configure(this);
	}

	/**
	 * Sets the kind of worker threads.
	 * @param workerKind the kind, by default {@link WorkerKind#AUTO}
	 * @return this
	 */
	public AdaptiveNodeBuilder workerKind(WorkerKind workerKind) {
		this.workerKind = workerKind;
		return this;
	}

	/**
	 * Sets the scale factors of the worker pool.
	 * @param scaleFactors the factors, by default {@link ScaleFactors#DEFAULT}
	 * @return this
	 */
	public AdaptiveNodeBuilder scaleFactors(ScaleFactors scaleFactors) {
		this.scaleFactors = scaleFactors;
		return this;
	}

	/**
	 * Sets the number of resident workers, and leaves the other scale factors unchanged.
	 * @param residentWorkers the number of workers that stay idle when no message waits,
	 * at least 1, by default 1
	 * @return this
	 */
	public AdaptiveNodeBuilder residentWorkers(int residentWorkers) {
		this.scaleFactors = this.scaleFactors.withResidentWorkers(residentWorkers);
		return this;
	}

	/**
	 * Sets the maximum memory of received messages that no handler or {@code recv} has
	 * taken yet, on all connections of the node together.
	 * @param bytes the size of the messages, at least {@value Limits#MIN_CREDIT}; by
	 * default a quarter of the heap
	 * @return this
	 * @throws IllegalArgumentException if it is less
	 */
	public AdaptiveNodeBuilder queueMemory(long bytes) {
		this.queueMemory = ReceiveBudget.checkMemory(bytes);
		return this;
	}

	/**
	 * Sets whether messages are refused while the queue of the worker pool is full.
	 * @param shedding whether they are refused; by default {@code false}, which withholds
	 * credit from senders instead
	 * @return this
	 */
	public AdaptiveNodeBuilder shedding(boolean shedding) {
		this.shedding = shedding;
		return this;
	}

	/**
	 * Checks the address of a root registry, without resolving or connecting to it.
	 * @param registry the address
	 * @return the same address
	 * @throws IllegalArgumentException if it has no port or an invalid host
	 */
	public static Endpoint.Tcp checkRegistry(Endpoint.Tcp registry) {
		if (registry.port() == 0) {
			throw new IllegalArgumentException("A root registry has a port of its own, not 0: %s".formatted(registry));
		}
		return registry.checkHost();
	}

	/**
	 * Checks the address of a reverse proxy.
	 * @param proxy the address
	 * @return the same address
	 * @throws IllegalArgumentException if it has no port
	 */
	public static Endpoint.Tcp checkRelayProxy(Endpoint.Tcp proxy) {
		if (proxy.port() == 0) {
			throw new IllegalArgumentException("A reverse proxy has a port of its own, not 0: %s".formatted(proxy));
		}
		return proxy.checkHost();
	}

	/**
	 * Sets the default discover timeout of the clients of the node.
	 * @param discoverTimeout the timeout; zero does not wait; by default, and from 100
	 * years on, there is no limit
	 * @return this
	 * @throws IllegalArgumentException if it is negative
	 * @see AdaptiveClient#discoverTimeout(Duration)
	 */
	public AdaptiveNodeBuilder discoverTimeout(Duration discoverTimeout) {
		this.discoverTimeout = AdaptiveClient.checkDiscoverTimeout(discoverTimeout);
		return this;
	}

	/**
	 * Sets the default drain timeout: the time to complete messages in flight when a
	 * service is unpublished.
	 * @param drainTimeout the timeout, by default 30 seconds
	 * @return this
	 * @throws IllegalArgumentException if it is negative
	 * @see Service#drainTimeout(Duration)
	 */
	public AdaptiveNodeBuilder drainTimeout(Duration drainTimeout) {
		this.drainTimeout = Service.checkDrainTimeout(drainTimeout);
		return this;
	}

	/**
	 * Sets the limits and timeouts of connections. The timeouts apply to connections over
	 * sockets.
	 * @param linkSettings the settings
	 * @return this
	 */
	public AdaptiveNodeBuilder linkSettings(LinkSettings linkSettings) {
		this.linkSettings = linkSettings;
		return this;
	}

	/**
	 * Sets whether to use Netty's native transport where available.
	 * @param nativeSockets whether to use it, by default {@code true}; otherwise the
	 * sockets of the JDK are used
	 * @return this
	 */
	public AdaptiveNodeBuilder nativeSockets(boolean nativeSockets) {
		this.nativeSockets = nativeSockets;
		return this;
	}

	/**
	 * Sets the codec of connections that this node opens. The opener of a connection
	 * chooses the codec for both directions.
	 * @param codec {@code fory} (the default) or, with Jackson on the class path,
	 * {@code json} or {@code cbor}
	 * @return this
	 */
	public AdaptiveNodeBuilder codec(String codec) {
		this.codec = codec;
		return this;
	}

	/**
	 * Registers types by their message names. Messages can contain their values where
	 * they declare {@code Object} or an interface, and the types can be received without
	 * naming them. Both ends have to register them. Received data is otherwise decoded
	 * only to types named by handlers and receivers, and to types that these declare.
	 * @param types concrete or sealed types, by default none; a sealed type registers its
	 * permitted types. Values of the JDK need no registration
	 * @return this
	 * @throws IllegalArgumentException if a type is neither concrete nor sealed, or two
	 * have the same name
	 */
	public AdaptiveNodeBuilder registerTypes(Collection<Class<?>> types) {
		this.registeredTypes = RegisteredTypes.of(types);
		return this;
	}

	/**
	 * Sets the limit of the levels of nesting of a message. The sender refuses a deeper
	 * one; a receiver refuses bytes with more than twice as many levels. Each object,
	 * collection and array counts as one level, and as two where JSON and CBOR name its
	 * type. Both ends need stacks of threads for it: some hundred bytes for each level.
	 * @param levels the limit, from 10 to 10,000, by default 500
	 * @return this
	 * @throws IllegalArgumentException if it is out of range
	 */
	public AdaptiveNodeBuilder maxMessageDepth(int levels) {
		this.maxMessageDepth = Codecs.checkMaxDepth(levels);
		return this;
	}

	/**
	 * Sets whether messages in PROCESS scope are copied, so that a receiver may modify
	 * them.
	 * @param copyInProcess whether they are copied; by default {@code false}, so that
	 * both sides share the object
	 * @return this
	 * @see AdaptiveClient#copyInProcess(boolean)
	 */
	public AdaptiveNodeBuilder copyInProcess(boolean copyInProcess) {
		this.copyInProcess = copyInProcess;
		return this;
	}

	/**
	 * Sets the propagation of thread-bound context from callers to handlers within the
	 * process.
	 * @param callerContext the propagation, by default {@link CallerContext#NONE}
	 * @return this
	 */
	public AdaptiveNodeBuilder callerContext(CallerContext callerContext) {
		this.callerContext = callerContext;
		return this;
	}

	/**
	 * Adds an observer of the messages that clients of this node send and its handlers
	 * handle.
	 * @param messageObserver the observer, in addition to those already added; by default
	 * there is none
	 * @return this
	 */
	public AdaptiveNodeBuilder messageObserver(MessageObserver messageObserver) {
		this.messageObservers.add(messageObserver);
		return this;
	}

	/**
	 * Sets the interceptor of links that the node opens.
	 * @param dialInterceptor the interceptor, by default {@link DialInterceptor#NONE}
	 * @return this
	 */
	public AdaptiveNodeBuilder dialInterceptor(DialInterceptor dialInterceptor) {
		this.dialInterceptor = dialInterceptor;
		return this;
	}

	/**
	 * Sets the clock for the timeouts and delays of the clients of the node.
	 * @param discoveryClock the clock, by default {@link DiscoveryClock#SYSTEM}
	 * @return this
	 */
	public AdaptiveNodeBuilder discoveryClock(DiscoveryClock discoveryClock) {
		this.discoveryClock = discoveryClock;
		return this;
	}

	/**
	 * Sets whether the warm-up begins when the node is built. That slows down the start
	 * of the program on a machine with few processors.
	 * @param warmUpAtOnce whether it does, by default {@code true}; otherwise
	 * {@link AdaptiveNode#warmUp()} starts it
	 * @return this
	 */
	public AdaptiveNodeBuilder warmUpAtOnce(boolean warmUpAtOnce) {
		this.warmUpAtOnce = warmUpAtOnce;
		return this;
	}

	/**
	 * Builds and starts the node. Sockets are bound when the first service needs them.
	 * @return the node, to be closed by the caller
	 * @throws IllegalArgumentException if a setting is out of range or a scope is not
	 * available
	 * @throws io.adaptive.message.SocketDirectoryException if the directory of OS scope
	 * cannot be used
	 */
	public AdaptiveNode build() {
		return RunningNode.start(configuration(), this.host);
	}

	@Override
	AdaptiveNodeBuilder self() {
		return this;
	}

	private NodeConfiguration configuration() {
		return new NodeConfiguration(providerId(),
				new WorkerConfiguration(this.workerKind, this.scaleFactors, this.shedding, this.queueMemory), reach(),
				socketDirectory(), space(), isInMemory(),
				new MessageConfiguration(this.linkSettings, this.nativeSockets, this.codec, this.registeredTypes,
						this.maxMessageDepth, this.copyInProcess, this.callerContext, this.messageObservers,
						this.dialInterceptor),
				traceAccess(), this.discoverTimeout, this.drainTimeout, this.discoveryClock, this.host.owner(),
				this.warmUpAtOnce ? NodeConfiguration.WarmUpSetting.AT_ONCE
						: NodeConfiguration.WarmUpSetting.WHEN_TOLD);
	}

}
