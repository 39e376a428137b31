package io.adaptive.status;

import io.adaptive.annotation.Message;

/**
 * The numbers of a reverse proxy at one moment.
 *
 * @param providers public ports that are given out, as a rule one to a node
 * @param connections their clients, those that wait included
 * @param refusedProviders how often a node was refused a public port so far
 * @param refusedConnections clients that were turned away so far
 */
@Message("adaptive.relay-statistics")
public record RelayStatistics(int providers, int connections, long refusedProviders, long refusedConnections) {
}
