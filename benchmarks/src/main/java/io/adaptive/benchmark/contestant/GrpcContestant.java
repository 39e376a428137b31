package io.adaptive.benchmark.contestant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;

/**
 * gRPC Java, unary calls with the blocking stub, on its default executor.
 */
final class GrpcContestant implements Contestant {

	private static final int LIMIT = 64 << 20;

	@Override
	public String name() {
		return "grpc";
	}

	@Override
	public boolean runsOn(Transport transport) {
		return transport != Transport.PROCESS;
	}

	@Override
	public Served serve(Place place) {
		EventLoopGroup loops = Sockets.newLoops();
		Server server = NettyServerBuilder.forAddress(place.address())
			.channelType(Sockets.server(place.transport()))
			.bossEventLoopGroup(loops)
			.workerEventLoopGroup(loops)
			.maxInboundMessageSize(LIMIT)
			.addService(GrpcMethod.service())
			.build();
		try {
			server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Served(place.boundTo(server.getListenSockets().get(0)), () -> {
			server.shutdownNow();
			loops.shutdownGracefully();
		});
	}

	@Override
	public Connected connect(Place place) {
		EventLoopGroup loops = Sockets.newLoops();
		ManagedChannel channel = NettyChannelBuilder.forAddress(place.address())
			.channelType(Sockets.client(place.transport()))
			.eventLoopGroup(loops)
			.overrideAuthority("localhost")
			.usePlaintext()
			.maxInboundMessageSize(LIMIT)
			.build();
		return new Unary(channel, loops);
	}

	private record Unary(ManagedChannel channel, EventLoopGroup loops) implements Connected {

		@Override
		public Caller newCaller() {
			return this::call;
		}

		private byte[] call(byte[] body, int replySize) {
			byte[] request = ByteBuffer.allocate(Integer.BYTES + body.length).putInt(replySize).put(body).array();
			return ClientCalls.blockingUnaryCall(this.channel, GrpcMethod.ANSWER, CallOptions.DEFAULT, request);
		}

		@Override
		public void close() {
			this.channel.shutdownNow();
			this.loops.shutdownGracefully();
		}

	}

}
