package io.adaptive.status;

/**
 * The statistics of the reverse proxy of a node.
 * 
 * @param relays the statistics of relayed nodes and their clients
 * @param bytes the number of bytes forwarded since the start, in both directions
 */
public record RelayingStatistics(RelayStatistics relays, long bytes) {
}
