package io.adaptive.spi;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.adaptive.message.ServiceName;

/**
 * An interceptor between a node and its transports, called when the node opens a link. It
 * can refuse the link or wrap it, for example to simulate a slow or lossy link in tests.
 * Called by several threads concurrently; must not block.
 */
@FunctionalInterface
public interface DialInterceptor {

	/** An interceptor that changes nothing. */
	DialInterceptor NONE = (service, acceptor, dial) -> dial.apply(acceptor);

	/**
	 * Opens a link.
	 * @param service the requested service
	 * @param acceptor supplies the receiver once the peer has accepted
	 * @param dial opens the underlying link
	 * @return completes with the link that was passed to the acceptor, or fails with a
	 * {@link io.adaptive.message.ConnectionRefusedException}
	 */
	CompletableFuture<Link> dial(ServiceName service, LinkAcceptor acceptor,
			Function<LinkAcceptor, CompletableFuture<Link>> dial);

}
