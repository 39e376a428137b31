package io.adaptive.internal.proxy;

import io.adaptive.annotation.Message;
import io.adaptive.status.RelayStatistics;

/**
 * Queries the statistics of a reverse proxy; the answer is a {@link RelayStatistics}.
 */
@Message("adaptive.relay-query")
public record RelayQuery() {
}
