package io.adaptive.internal.registry;

import io.adaptive.message.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Where a registered node may be reached.
 *
 * @param host a name or an address; empty for the host of the registry itself, which each
 * of its clients knows by a name of its own
 * @param port the TCP port
 * @param relay the reverse proxy that owns the port, {@code null} for a port of the node
 * @param proven whether the registry has reached the node there, and has not only been
 * told of it
 */
public record NodeAddress(String host, int port, @Nullable Instance relay, boolean proven) {

	/** The host of the registry itself. */
	public static final String REGISTRY_HOST = "";

}
