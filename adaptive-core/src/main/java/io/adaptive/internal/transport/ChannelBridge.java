package io.adaptive.internal.transport;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * Bridge between two channels, which passes bytes in both directions without decoding
 * them. Each channel is read only as fast as the other one can be written. The end of one
 * direction is passed on as a half-close; when one channel is closed, the other one is
 * closed, too.
 */
final class ChannelBridge {

	/**
	 * Idle limit of a half-closed bridge; longer than a closing link waits for its peer.
	 */
	private static final int HALF_CLOSED_SECONDS = 6;

	/** Limits of bytes that wait to be written, in each direction. */
	private static final WriteBufferWaterMark ROOM = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

	private final AtomicInteger openDirections = new AtomicInteger(2);

	private final LongAdder passedOn;

	private final Direction forth;

	private final Direction back;

	/**
	 * Joins two channels, which are closed together from then on.
	 * @param passedOn counts the bytes of both directions
	 */
	ChannelBridge(Channel one, Channel other, LongAdder passedOn) {
		this.passedOn = passedOn;
		this.forth = new Direction(one, other);
		this.back = new Direction(other, one);
		one.closeFuture().addListener((closed) -> other.close());
		other.closeFuture().addListener((closed) -> one.close());
	}

	/**
	 * Returns the handler that reads the first channel, to be added to its pipeline.
	 */
	Direction forth() {
		return this.forth;
	}

	/**
	 * Returns the handler that reads the other channel, to be added to its pipeline.
	 */
	Direction back() {
		return this.back;
	}

	/**
	 * One of the two directions, on the event loop of the channel that it reads.
	 */
	final class Direction extends ChannelInboundHandlerAdapter {

		private final Channel from;

		private final Channel to;

		private boolean ended;

		/** Whether bytes were read since the last check. */
		private volatile boolean moved;

		private @Nullable ScheduledFuture<?> deadline;

		Direction(Channel from, Channel to) {
			this.from = from;
			this.to = to;
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			this.from.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
			this.from.config().setWriteBufferWaterMark(ROOM);
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object bytes) {
			this.moved = true;
			if (bytes instanceof ByteBuf buffer) {
				ChannelBridge.this.passedOn.add(buffer.readableBytes());
			}
			this.to.write(bytes);
			if (!this.to.isWritable()) {
				this.from.config().setAutoRead(false);
			}
		}

		/**
		 * Reads while the other channel is writable. Netty closes a channel that is told
		 * to read after its input has ended.
		 */
		void resume() {
			if (!this.from.eventLoop().inEventLoop()) {
				this.from.eventLoop().execute(this::resume);
			}
			else if (!this.ended && this.to.isWritable()) {
				this.from.config().setAutoRead(true);
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			this.to.flush();
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			if (this.from.isWritable()) {
				opposite().resume();
			}
			context.fireChannelWritabilityChanged();
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof ChannelInputShutdownEvent) {
				this.ended = true;
				this.to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> endOutput());
				closeIfQuiet();
				this.from.closeFuture().addListener((closed) -> cancelDeadline());
			}
			else if (!(event instanceof ChannelInputShutdownReadComplete)) {
				context.fireUserEventTriggered(event);
			}
		}

		private Direction opposite() {
			return (this == ChannelBridge.this.forth) ? ChannelBridge.this.back : ChannelBridge.this.forth;
		}

		private void endOutput() {
			ChannelFuture ended = ((DuplexChannel) this.to).shutdownOutput();
			if (ChannelBridge.this.openDirections.decrementAndGet() == 0) {
				ended.addListener((both) -> this.to.close());
			}
		}

		/**
		 * Closes the bridge if the other end sends nothing for a while after the
		 * half-close of this one.
		 */
		private void closeIfQuiet() {
			opposite().moved = false;
			this.deadline = this.from.eventLoop().schedule(() -> {
				if (opposite().moved) {
					closeIfQuiet();
				}
				else {
					this.from.close();
				}
			}, HALF_CLOSED_SECONDS, TimeUnit.SECONDS);
		}

		private void cancelDeadline() {
			if (this.deadline != null) {
				this.deadline.cancel(false);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
			this.from.close();
		}

	}

}
