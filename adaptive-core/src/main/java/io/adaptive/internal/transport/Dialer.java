package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.CallerContext;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.DialInterceptor;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;

/**
 * Opens links to discovered instances or to addresses, by the transport for the type of
 * endpoint.
 */
public final class Dialer {

	private final Instance self;

	private final ProcessTable space;

	private final ProcessSettings settings;

	private final SocketTransport sockets;

	private final DialInterceptor interceptor;

	private final boolean copying;

	/**
	 * Creates a dialer.
	 * @param self the node that opens links
	 * @param space the process space of the node
	 * @param settings the node's settings within that space
	 * @param sockets its transport over sockets
	 */
	public Dialer(Instance self, ProcessTable space, ProcessSettings settings, SocketTransport sockets) {
		this(self, space, settings, sockets, DialInterceptor.NONE);
	}

	/**
	 * Creates a dialer with an interceptor.
	 * @param self the node that opens links
	 * @param space the process space of the node
	 * @param settings the node's settings within that space
	 * @param sockets its transport over sockets
	 * @param interceptor intercepts each link
	 */
	public Dialer(Instance self, ProcessTable space, ProcessSettings settings, SocketTransport sockets,
			DialInterceptor interceptor) {
		this(self, space, settings, sockets, interceptor, false);
	}

	private Dialer(Instance self, ProcessTable space, ProcessSettings settings, SocketTransport sockets,
			DialInterceptor interceptor, boolean copying) {
		this.copying = copying;
		this.self = self;
		this.space = space;
		this.settings = settings;
		this.sockets = sockets;
		this.interceptor = interceptor;
	}

	/**
	 * Returns a dialer that copies messages within a process even if neither node
	 * requires it.
	 * @param copying whether messages are copied; otherwise the nodes decide
	 * @return the changed copy
	 */
	public Dialer copying(boolean copying) {
		return new Dialer(this.self, this.space, this.settings, this.sockets, this.interceptor, copying);
	}

	/**
	 * Returns the context passed from callers to handlers of this process.
	 * @return the context of the node
	 */
	public CallerContext callerContext() {
		return this.settings.callerContext();
	}

	/**
	 * Returns the limits of pending messages for senders that do not wait.
	 * @return the limits
	 */
	public PendingLimits pendingLimits() {
		return this.settings.pending();
	}

	/**
	 * Returns the watch over the addresses of this machine.
	 * @return the watch, closed with the transport
	 */
	public OwnAddresses ownAddresses() {
		return this.sockets.ownAddresses();
	}

	/**
	 * Runs work on an event loop after a delay, unless the node is closed by then.
	 * @param delay the delay
	 * @param work must not block
	 */
	public void later(Duration delay, Runnable work) {
		this.sockets.later(delay, work);
	}

	/**
	 * Opens a link. May be called from any thread, does not block.
	 * @param target the instance
	 * @param acceptor gives the receiver once the peer has accepted
	 * @return the link, or a {@link io.adaptive.message.ConnectionRefusedException}
	 */
	public CompletableFuture<Link> dial(ServiceInstance target, LinkAcceptor acceptor) {
		// An interceptor handles envelopes, not bytes.
		return acceptor.opensRaw() ? open(target, acceptor)
				: this.interceptor.dial(target.service(), acceptor, (accepting) -> open(target, accepting));
	}

	private CompletableFuture<Link> open(ServiceInstance target, LinkAcceptor acceptor) {
		if (target.endpoints().get(0) instanceof Endpoint.InProcess) {
			return this.space.dial(target, this.self, this.copying ? this.settings.copying() : this.settings, acceptor);
		}
		DialTarget wanted = DialTarget.of(target);
		if (target.endpoints().size() == 1) {
			return this.sockets.dial(target.endpoints().get(0), wanted, acceptor);
		}
		return new CandidateRace(target.endpoints(), acceptor,
				(endpoint, first) -> this.sockets.dial(endpoint, wanted, first),
				(next) -> this.sockets.later(CandidateRace.MOMENT, next))
			.run();
	}

	/**
	 * Opens a link to any node that answers at an endpoint. May be called from any
	 * thread, does not block.
	 * @param endpoint the endpoint
	 * @param service the requested service
	 * @param acceptor gives the receiver once the peer has accepted
	 * @return the link, or a {@link io.adaptive.message.ConnectionRefusedException}
	 */
	public CompletableFuture<Link> dial(Endpoint endpoint, ServiceName service, LinkAcceptor acceptor) {
		if (endpoint instanceof Endpoint.InProcess process) {
			return dial(new ServiceInstance(service, process.instance(), Scope.PROCESS, endpoint), acceptor);
		}
		DialTarget wanted = DialTarget.of(service);
		return acceptor.opensRaw() ? this.sockets.dial(endpoint, wanted, acceptor) : this.interceptor.dial(service,
				acceptor, (accepting) -> this.sockets.dial(endpoint, wanted, accepting));
	}

}
