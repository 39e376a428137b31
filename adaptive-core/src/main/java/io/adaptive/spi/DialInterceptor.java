package io.adaptive.spi;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.adaptive.message.ServiceName;

/**
 * Stands between a node and the transports when the node opens a link. It may refuse, and
 * it may put a link of its own before the one that is opened, as tests do that make links
 * slow or lossy. Called by many threads at a time; must not block.
 */
@FunctionalInterface
public interface DialInterceptor {

	/** Lets every link be as it is. */
	DialInterceptor NONE = (service, acceptor, dial) -> dial.apply(acceptor);

	/**
	 * Opens a link.
	 * @param service the service wanted
	 * @param acceptor gives the receiver once the peer has accepted
	 * @param dial opens the link itself
	 * @return the link that the acceptor was shown, or a
	 * {@link io.adaptive.message.ConnectionRefusedException}
	 */
	CompletableFuture<Link> dial(ServiceName service, LinkAcceptor acceptor,
			Function<LinkAcceptor, CompletableFuture<Link>> dial);

}
