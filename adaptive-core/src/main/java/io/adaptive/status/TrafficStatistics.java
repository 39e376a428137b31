package io.adaptive.status;

/**
 * What went through the links of a node in one scope since it started, and what is open
 * now.
 *
 * @param framesIn frames that arrived, handshakes apart; in PROCESS scope, where nothing
 * is framed, messages and what steers them
 * @param framesOut frames that left
 * @param bytesIn bytes of those frames, none in PROCESS scope
 * @param bytesOut bytes of those frames
 * @param clientConnections connections that this node opened and that are open
 * @param serverConnections connections to its services that are open
 * @param streams streams that are open on all these connections, a default stream each
 * included
 * @param stalls messages that had to wait for credit before they could leave
 * @param stallNanos how long those that left, or were given up, had waited together
 * @param stalled messages that wait for credit now
 * @param answersDropped return values and failures of handlers of one-way messages that
 * this node dropped, since their sender does not keep them
 * @param answersReported those that other nodes dropped, as far as they have reported
 * them: with the first, second, fourth, eighth and so on of a kind
 */
public record TrafficStatistics(long framesIn, long framesOut, long bytesIn, long bytesOut, int clientConnections,
		int serverConnections, int streams, long stalls, long stallNanos, int stalled, long answersDropped,
		long answersReported) {
}
