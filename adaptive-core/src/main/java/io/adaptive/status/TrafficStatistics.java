package io.adaptive.status;

/**
 * The traffic statistics of a node in one scope: totals since its start, and what is
 * currently open.
 *
 * @param framesIn the number of received frames without handshakes; in PROCESS scope,
 * which has no frames, the number of messages and control envelopes
 * @param framesOut the number of sent frames
 * @param bytesIn the number of bytes of received frames, 0 in PROCESS scope
 * @param bytesOut the number of bytes of sent frames, 0 in PROCESS scope
 * @param clientConnections the number of open connections that this node opened
 * @param serverConnections the number of open connections to services of this node
 * @param streams the number of open streams on all these connections, including the
 * default stream of each
 * @param stalls the number of messages that had to wait for credit
 * @param stallNanos the total time that messages waited for credit until they were sent
 * or given up, in nanoseconds
 * @param stalled the number of messages that currently wait for credit
 * @param answersDropped the number of answers to one-way messages, return values and
 * failures, that this node dropped because their sender does not keep them
 * @param answersReported the number of such answers dropped by other nodes, as far as
 * reported: a node reports the first, second, fourth, eighth and so on of a kind
 */
public record TrafficStatistics(long framesIn, long framesOut, long bytesIn, long bytesOut, int clientConnections,
		int serverConnections, int streams, long stalls, long stallNanos, int stalled, long answersDropped,
		long answersReported) {
}
