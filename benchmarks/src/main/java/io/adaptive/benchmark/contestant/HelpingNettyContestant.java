package io.adaptive.benchmark.contestant;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Raw Netty whose waiting caller itself runs the client's event loop: it writes its
 * request and reads its reply, and nobody wakes it. A trial of what that would be worth;
 * each caller has a connection of its own, so that only one caller compares with the
 * others.
 */
final class HelpingNettyContestant implements Contestant {

	private static final int LIMIT = 64 << 20;

	private static final long FOR_EVER = -1;

	private final RawNettyContestant server = new RawNettyContestant("netty-loop", RawNettyContestant.ReplyFrom.LOOP);

	@Override
	public String name() {
		return "netty-helping";
	}

	@Override
	public boolean runsOn(Transport transport) {
		return this.server.runsOn(transport);
	}

	@Override
	public Served serve(Place place) {
		return this.server.serve(place);
	}

	@Override
	public Connected connect(Place place) {
		return new Connected() {

			@Override
			public Caller newCaller() {
				return new HelpingCaller(place);
			}

			@Override
			public void close() {
				// Each caller has its own.
			}

		};
	}

	private static final class HelpingCaller implements Caller {

		private final Place place;

		private @Nullable Connection connection;

		HelpingCaller(Place place) {
			this.place = place;
		}

		/**
		 * The loop belongs to the thread that calls first.
		 */
		@Override
		public byte[] call(byte[] body, int replySize) {
			Connection current = this.connection;
			if (current == null) {
				current = new Connection(this.place);
				this.connection = current;
			}
			return current.call(body, replySize);
		}

		@Override
		public void close() {
			if (this.connection != null) {
				this.connection.channel.close();
			}
		}

	}

	private static final class Connection extends SimpleChannelInboundHandler<ByteBuf> {

		private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), Sockets.newHandler());

		private final Channel channel;

		private byte @Nullable [] reply;

		Connection(Place place) {
			ChannelFuture connected = new Bootstrap().group(this.loop)
				.channel(Sockets.client(place.transport()))
				.handler(new ChannelInitializer<>() {
					@Override
					protected void initChannel(Channel channel) {
						channel.pipeline()
							.addLast(new LengthFieldBasedFrameDecoder(LIMIT, 0, Integer.BYTES, 0, Integer.BYTES))
							.addLast(Connection.this);
					}
				})
				.connect(place.address());
			while (!connected.isDone()) {
				this.loop.run(FOR_EVER);
			}
			this.channel = connected.channel();
		}

		byte[] call(byte[] body, int replySize) {
			this.reply = null;
			ByteBuf request = this.channel.alloc().buffer(3 * Integer.BYTES + body.length);
			request.writeInt(2 * Integer.BYTES + body.length).writeInt(1).writeInt(replySize).writeBytes(body);
			this.channel.writeAndFlush(request, this.channel.voidPromise());
			byte[] received = this.reply;
			while (received == null) {
				this.loop.run(FOR_EVER);
				received = this.reply;
			}
			return received;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf reply) {
			reply.skipBytes(Integer.BYTES);
			this.reply = ByteBufUtil.getBytes(reply);
		}

	}

}
