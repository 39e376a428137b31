package io.adaptive.benchmark.contestant;

import java.util.concurrent.Executor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * The server's end of a raw connection.
 */
final class RawReplies extends SimpleChannelInboundHandler<ByteBuf> {

	private final Executor workers;

	RawReplies(Executor workers) {
		this.workers = workers;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ByteBuf request) {
		int caller = request.readInt();
		int replySize = request.readInt();
		this.workers.execute(() -> {
			ByteBuf reply = context.alloc().buffer(2 * Integer.BYTES + replySize);
			reply.writeInt(Integer.BYTES + replySize).writeInt(caller).writeBytes(Bodies.of(replySize));
			context.writeAndFlush(reply, context.voidPromise());
		});
	}

}
