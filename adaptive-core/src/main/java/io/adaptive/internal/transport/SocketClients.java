package io.adaptive.internal.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

import io.adaptive.message.Endpoint;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.NetUtil;
import reactor.netty.tcp.TcpClient;

/**
 * Reactor Netty's client for each type of endpoint.
 */
final class SocketClients {

	/**
	 * Time for the first packet to be lost twice, and less than the timeout of a client,
	 * so that the client gets this error.
	 */
	private static final int CONNECT_TIMEOUT_MILLIS = 4000;

	private final HostNames hostNames;

	private final boolean nativeSockets;

	/**
	 * Creates the clients of a transport.
	 * @param hostNames resolver of the node's own: without one, Reactor Netty keeps a
	 * resolver in a static table, and with it the event loops of the node, also after its
	 * end
	 */
	SocketClients(HostNames hostNames, boolean nativeSockets) {
		this.hostNames = hostNames;
		this.nativeSockets = nativeSockets;
	}

	/**
	 * Returns the client that connects to an endpoint.
	 * @throws IllegalArgumentException if the endpoint is no socket
	 */
	TcpClient to(Endpoint endpoint) {
		if (endpoint instanceof Endpoint.UnixSocket socket) {
			return TcpClient.newConnection().remoteAddress(() -> address(socket.path())).resolver(this.hostNames);
		}
		if (endpoint instanceof Endpoint.Relayed relayed) {
			return to(relayed.address());
		}
		if (endpoint instanceof Endpoint.Tcp tcp) {
			return TcpClient.newConnection()
				.remoteAddress(() -> address(tcp))
				.resolver(this.hostNames)
				.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
				.option(ChannelOption.TCP_NODELAY, true)
				.option(ChannelOption.SO_KEEPALIVE, true);
		}
		throw new IllegalArgumentException("Not a socket: " + endpoint);
	}

	/**
	 * Returns an address literal as a resolved address and a name as an unresolved one,
	 * for the resolver.
	 */
	private static SocketAddress address(Endpoint.Tcp tcp) {
		boolean isName = !NetUtil.isValidIpV4Address(tcp.host()) && !NetUtil.isValidIpV6Address(tcp.host());
		return isName ? InetSocketAddress.createUnresolved(tcp.host(), tcp.port())
				: new InetSocketAddress(tcp.host(), tcp.port());
	}

	SocketAddress address(Path path) {
		return this.nativeSockets ? new DomainSocketAddress(path.toString()) : UnixDomainSocketAddress.of(path);
	}

}
