package io.adaptive.benchmark.contestant;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;

/**
 * Where a server is.
 *
 * @param transport how to get there
 * @param directory holds the sockets; belongs to one server
 * @param port the port, 0 for none or one to be chosen
 */
public record Place(Transport transport, Path directory, int port) {

	/**
	 * Names the port that was chosen.
	 * @param port the port
	 * @return the changed copy
	 */
	public Place withPort(int port) {
		return new Place(this.transport, this.directory, port);
	}

	SocketAddress address() {
		if (this.transport == Transport.TCP) {
			return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
		}
		Path socket = this.directory.resolve("s");
		return Epoll.isAvailable() ? new DomainSocketAddress(socket.toString()) : UnixDomainSocketAddress.of(socket);
	}

	Place boundTo(SocketAddress address) {
		return (address instanceof InetSocketAddress internet) ? withPort(internet.getPort()) : this;
	}

}
