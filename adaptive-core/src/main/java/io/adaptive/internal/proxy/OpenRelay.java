package io.adaptive.internal.proxy;

import io.adaptive.annotation.Message;

/**
 * Asks a reverse proxy for a public port. The answer is a {@link RelayOpened}; after it
 * come {@link RelayRequest}s on the same stream, for as long as that is open.
 *
 * @param relay which of the node's relays this is: a number that stays the same when the
 * node has lost the stream and asks again
 */
@Message("adaptive.open-relay")
public record OpenRelay(long relay) {
}
