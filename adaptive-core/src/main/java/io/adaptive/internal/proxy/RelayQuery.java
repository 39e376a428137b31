package io.adaptive.internal.proxy;

import io.adaptive.status.RelayStatistics;
import io.adaptive.annotation.Message;

/**
 * Asks a reverse proxy what it does; the answer is a {@link RelayStatistics}.
 */
@Message("adaptive.relay-query")
public record RelayQuery() {
}
