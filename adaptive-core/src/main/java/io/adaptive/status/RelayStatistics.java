package io.adaptive.status;

import io.adaptive.annotation.Message;

/**
 * A snapshot of the statistics of a reverse proxy.
 *
 * @param providers the number of public ports in use, usually one per relayed node
 * @param connections the number of connected clients, including waiting ones
 * @param refusedProviders the number of refused requests for a public port since the
 * start
 * @param refusedConnections the number of refused clients since the start
 */
@Message("adaptive.relay-statistics")
public record RelayStatistics(int providers, int connections, long refusedProviders, long refusedConnections) {
}
