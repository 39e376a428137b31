package io.adaptive.benchmark.contestant;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a raw connection. Each caller has one call open at a time and is
 * found by its number.
 */
final class RawRequests extends SimpleChannelInboundHandler<ByteBuf> implements Connected {

	private final EventLoopGroup loops;

	private final Map<Integer, RawCaller> callers = new ConcurrentHashMap<>();

	private final AtomicInteger lastCaller = new AtomicInteger();

	private volatile @Nullable Channel channel;

	RawRequests(EventLoopGroup loops) {
		this.loops = loops;
	}

	void use(Channel channel) {
		this.channel = channel;
	}

	@Override
	public Caller newCaller() {
		Channel current = this.channel;
		if (current == null) {
			throw new IllegalStateException("Not connected");
		}
		RawCaller caller = new RawCaller(this.lastCaller.incrementAndGet(), current);
		this.callers.put(caller.id, caller);
		return caller;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ByteBuf reply) {
		RawCaller caller = this.callers.get(reply.readInt());
		if (caller != null) {
			caller.receive(ByteBufUtil.getBytes(reply));
		}
	}

	@Override
	public void close() {
		this.loops.shutdownGracefully();
	}

	private final class RawCaller implements Caller {

		private final int id;

		private final Channel channel;

		private volatile @Nullable Thread waiting;

		private volatile byte @Nullable [] reply;

		RawCaller(int id, Channel channel) {
			this.id = id;
			this.channel = channel;
		}

		void receive(byte[] reply) {
			this.reply = reply;
			LockSupport.unpark(this.waiting);
		}

		@Override
		public byte[] call(byte[] body, int replySize) {
			this.waiting = Thread.currentThread();
			this.reply = null;
			ByteBuf request = this.channel.alloc().buffer(3 * Integer.BYTES + body.length);
			request.writeInt(2 * Integer.BYTES + body.length).writeInt(this.id).writeInt(replySize).writeBytes(body);
			this.channel.writeAndFlush(request, this.channel.voidPromise());
			byte[] received = this.reply;
			while (received == null) {
				LockSupport.park(this);
				received = this.reply;
			}
			return received;
		}

		@Override
		public void close() {
			RawRequests.this.callers.remove(this.id);
		}

	}

}
