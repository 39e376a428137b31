package io.adaptive.benchmark.contestant;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketConnector;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import io.rsocket.util.ByteBufPayload;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * RSocket Java, request/response, answering on the event loop, without copies where it
 * offers that. Large messages are fragmented, so that they can share the connection.
 */
final class RSocketContestant implements Contestant {

	private static final int FRAGMENT = 64 * 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Override
	public String name() {
		return "rsocket";
	}

	@Override
	public boolean runsOn(Transport transport) {
		return transport != Transport.PROCESS;
	}

	@Override
	public Served serve(Place place) {
		CloseableChannel server = RSocketServer.create(SocketAcceptor.forRequestResponse(RSocketContestant::answer))
			.payloadDecoder(PayloadDecoder.ZERO_COPY)
			.fragment(FRAGMENT)
			.bind(TcpServerTransport.create(TcpServer.create().bindAddress(place::address)))
			.block(PATIENCE);
		if (server == null) {
			throw new IllegalStateException("No RSocket server");
		}
		Place bound = (place.transport() == Transport.TCP) ? place.boundTo(server.address()) : place;
		return new Served(bound, server::dispose);
	}

	private static Mono<Payload> answer(Payload request) {
		ByteBuf data = request.sliceData();
		int size = data.getInt(data.readerIndex());
		request.release();
		return Mono.just(ByteBufPayload.create(Unpooled.wrappedBuffer(Bodies.of(size))));
	}

	@Override
	public Connected connect(Place place) {
		RSocket socket = RSocketConnector.create()
			.payloadDecoder(PayloadDecoder.ZERO_COPY)
			.fragment(FRAGMENT)
			.connect(TcpClientTransport.create(TcpClient.newConnection().remoteAddress(place::address)))
			.block(PATIENCE);
		if (socket == null) {
			throw new IllegalStateException("No RSocket connection");
		}
		return new Requests(socket);
	}

	private record Requests(RSocket socket) implements Connected {

		@Override
		public Caller newCaller() {
			return this::call;
		}

		private byte[] call(byte[] body, int replySize) {
			ByteBuf head = Unpooled.buffer(Integer.BYTES).writeInt(replySize);
			Payload reply = this.socket
				.requestResponse(ByteBufPayload.create(Unpooled.wrappedBuffer(head, Unpooled.wrappedBuffer(body))))
				.block();
			if (reply == null) {
				throw new IllegalStateException("No reply");
			}
			try {
				return ByteBufUtil.getBytes(reply.sliceData());
			}
			finally {
				reply.release();
			}
		}

		@Override
		public void close() {
			this.socket.dispose();
		}

	}

}
