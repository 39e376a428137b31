package io.adaptive.internal.proxy;

import io.adaptive.annotation.Message;

/**
 * Requests a public port from a reverse proxy. The answer is a {@link RelayOpened},
 * followed by {@link RelayRequest}s on the same stream for as long as that is open.
 *
 * @param relay the number of the relay at the node, which stays the same if the node has
 * lost the stream and sends the request again
 */
@Message("adaptive.open-relay")
public record OpenRelay(long relay) {
}
