package io.adaptive.status;

import java.util.List;

/**
 * How a node takes part in its local networks at one moment.
 *
 * @param port the UDP port on which all meet
 * @param started whether it does: from its first service, or its first search on
 * @param listening whether it hears the others; if not, another program has the port
 * @param interfaces the addresses of network interfaces that it uses
 * @param signed whether datagrams are signed
 */
public record LanStatus(int port, boolean started, boolean listening, List<String> interfaces, boolean signed) {
}
