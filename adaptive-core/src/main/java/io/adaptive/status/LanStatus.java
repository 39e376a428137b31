package io.adaptive.status;

import java.util.List;

/**
 * A snapshot of the LAN discovery of a node.
 *
 * @param port the UDP port of LAN discovery
 * @param started whether LAN discovery has started, which the first publication or the
 * first search does
 * @param listening whether the node receives broadcasts; {@code false} if another program
 * has bound the port
 * @param interfaces the addresses of the network interfaces in use
 * @param signed whether datagrams are signed
 */
public record LanStatus(int port, boolean started, boolean listening, List<String> interfaces, boolean signed) {
}
