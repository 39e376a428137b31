package io.adaptive.benchmark.contestant;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Netty's channels for a transport: epoll where there is epoll, like the framework.
 */
final class Sockets {

	private Sockets() {
	}

	static EventLoopGroup newLoops() {
		return new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), newHandler());
	}

	static IoHandlerFactory newHandler() {
		return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
	}

	static Class<? extends Channel> client(Transport transport) {
		if (transport == Transport.TCP) {
			return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
		}
		return Epoll.isAvailable() ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class;
	}

	static Class<? extends ServerChannel> server(Transport transport) {
		if (transport == Transport.TCP) {
			return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
		}
		return Epoll.isAvailable() ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class;
	}

}
