package io.adaptive.builtin;

import java.net.InetSocketAddress;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import org.jspecify.annotations.Nullable;

/**
 * The address of the caller, as observed by the service {@code builtin/IPObserver}, which
 * answers with it.
 *
 * @param host the IP address; behind network address translation, that of the last
 * translating device
 * @param port the port of the caller's end of the connection, as observed
 */
@Message("adaptive.observed-address")
public record ObservedAddress(String host, int port) {

	/** The name of the service. */
	public static final ServiceName SERVICE = new ServiceName("builtin", "IPObserver");

	/**
	 * Returns the service.
	 * @return the service, to be published
	 */
	public static Service service() {
		return Service.named(SERVICE).handle(Query.class, (query, stream) -> of(stream.info().peerAddress()));
	}

	private static ObservedAddress of(@Nullable InetSocketAddress caller) {
		if (caller == null) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION, Delivery.UNKNOWN,
					"A caller of the same machine has no address", null);
		}
		return new ObservedAddress(caller.getAddress().getHostAddress(), caller.getPort());
	}

	/**
	 * A request for the observed address.
	 */
	@Message("adaptive.observed-address-query")
	@Idempotent
	public record Query() {
	}

}
