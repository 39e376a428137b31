package io.adaptive.internal.registry;

import io.adaptive.message.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Address of a registered node.
 *
 * @param host a name or an address; empty for the host of the registry itself, which its
 * clients reach under different names
 * @param port the TCP port
 * @param relay the reverse proxy that owns the port, {@code null} for a port of the node
 * @param proven whether the registry has reached the node under this address
 */
public record NodeAddress(String host, int port, @Nullable Instance relay, boolean proven) {

	/** Host of the registry itself. */
	public static final String REGISTRY_HOST = "";

}
