package io.adaptive.proxy;

import io.adaptive.annotation.Message;

/**
 * Asks a reverse proxy for a public port. The answer is a {@link RelayOpened}; after it
 * come {@link RelayRequest}s on the same stream, for as long as that is open.
 */
@Message("adaptive.open-relay")
public record OpenRelay() {
}
