package io.adaptive.status;

/**
 * The numbers of a node's reverse proxy.
 *
 * @param relays what it relays
 * @param bytes what it has passed on since it started, in both directions
 */
public record RelayingStatistics(RelayStatistics relays, long bytes) {
}
