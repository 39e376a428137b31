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
 * Makes one connection of two channels, by passing on what each receives to the other
 * without understanding any of it. Each is read only as fast as the other takes it. The
 * end of one direction is passed on as such; a channel that is lost takes the other
 * along.
 */
final class ChannelBridge {

	/** Longer than a closing link waits for its peer. */
	private static final int HALF_CLOSED_SECONDS = 6;

	/** What may wait to be written, in each direction. */
	private static final WriteBufferWaterMark ROOM = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

	private final AtomicInteger openDirections = new AtomicInteger(2);

	private final LongAdder passedOn;

	private final Direction forth;

	private final Direction back;

	/**
	 * Joins two channels, whose lives are one from now on.
	 * @param passedOn counts the bytes, in both directions
	 */
	ChannelBridge(Channel one, Channel other, LongAdder passedOn) {
		this.passedOn = passedOn;
		this.forth = new Direction(one, other);
		this.back = new Direction(other, one);
		one.closeFuture().addListener((closed) -> other.close());
		other.closeFuture().addListener((closed) -> one.close());
	}

	/**
	 * Returns what reads from the first channel; it must come to stand in its pipeline.
	 */
	Direction forth() {
		return this.forth;
	}

	/**
	 * Returns what reads from the other channel.
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

		/** Since it was looked at last. */
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
		 * Reads if the other channel can take it. Netty breaks off a channel that is told
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
		 * An end that neither sends any more nor answers to the other's end must not keep
		 * it for ever.
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
