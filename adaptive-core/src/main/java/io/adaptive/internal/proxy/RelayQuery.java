package io.adaptive.internal.proxy;

import io.adaptive.annotation.Message;
import io.adaptive.status.RelayStatistics;

/**
 * Asks a reverse proxy what it does; the answer is a {@link RelayStatistics}.
 */
@Message("adaptive.relay-query")
public record RelayQuery() {
}
