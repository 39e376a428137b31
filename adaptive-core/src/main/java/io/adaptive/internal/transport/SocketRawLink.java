package io.adaptive.internal.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Link;
import io.adaptive.spi.ScopeTraffic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * A raw connection over a socket. Its handler replaces the handshake in the channel's
 * pipeline and receives the bytes that have arrived behind it.
 */
final class SocketRawLink extends RawLink {

	/** Time limit for the peer to read and to end when the connection is closed. */
	private static final int LINGER_SECONDS = 5;

	private final Channel channel;

	private final ScopeTraffic traffic;

	private final ByteInbox inbox;

	private volatile @Nullable ChannelHandlerContext context;

	private final AtomicLong waiting = new AtomicLong();

	private final AtomicBoolean outputEnded = new AtomicBoolean();

	private boolean inputEnded;

	/** The output after the input has ended. */
	private @Nullable HalfClosedOutput halfClosed;

	/** Whether the output is shut down. */
	private boolean outputShut;

	SocketRawLink(Link link, Channel channel, Executor callbacks) {
		super(link, callbacks);
		this.channel = channel;
		this.traffic = link.traffic();
		this.inbox = new ByteInbox(callbacks, this::readMore, (count) -> {
			// The next bytes are read on request.
		});
	}

	/**
	 * Returns the handler for the channel's pipeline.
	 * @param isClient whether this is the opener's end
	 */
	ChannelInboundHandler handler(boolean isClient) {
		return new Handler(isClient);
	}

	@Override
	public CompletableFuture<ByteBuffer> read(int max) {
		return this.inbox.read(max);
	}

	/**
	 * Requests bytes. Netty closes a channel that is told to read after its input has
	 * ended.
	 */
	private void readMore() {
		onEventLoop(() -> {
			if (!this.inputEnded) {
				this.channel.read();
			}
		});
	}

	@Override
	public CompletableFuture<@Nullable Void> write(ByteBuffer bytes) {
		if (!isOpen()) {
			return failed(lost());
		}
		if (this.outputEnded.get()) {
			return failed(ended());
		}
		int length = bytes.remaining();
		long before = this.waiting.getAndAdd(length);
		if (before > room()) {
			this.waiting.addAndGet(-length);
			return failed(full(before));
		}
		return send(Unpooled.wrappedBuffer(bytes), length);
	}

	private RawResult<@Nullable Void> send(ByteBuf bytes, int length) {
		RawResult<@Nullable Void> result = new RawResult<>(callbacks());
		ChannelPromise promise = this.channel.newPromise();
		promise.addListener((written) -> {
			this.waiting.addAndGet(-length);
			if (written.isSuccess()) {
				this.traffic.sent(0, length);
				result.arrive(null);
			}
			else {
				noteCause(new ErrorInfo(ErrorCode.UNAVAILABLE, String.valueOf(written.cause().getMessage())));
				result.fail(lost());
			}
		});
		onEventLoop(() -> flush(bytes, promise));
		return result;
	}

	private void flush(ByteBuf bytes, ChannelPromise promise) {
		HalfClosedOutput output = this.halfClosed;
		if (output != null) {
			output.write(bytes, promise);
		}
		else {
			context().writeAndFlush(bytes, promise);
		}
	}

	private ChannelHandlerContext context() {
		ChannelHandlerContext current = this.context;
		if (current == null) {
			throw new IllegalStateException("The connection is not in a pipeline");
		}
		return current;
	}

	@Override
	public CompletableFuture<@Nullable Void> end() {
		if (!isOpen()) {
			return failed(lost());
		}
		if (!this.outputEnded.compareAndSet(false, true)) {
			return failed(ended());
		}
		RawResult<@Nullable Void> result = new RawResult<>(callbacks());
		onEventLoop(() -> shutdownOutputWhenWritten(result));
		return result;
	}

	private void shutdownOutputWhenWritten(RawResult<@Nullable Void> result) {
		ChannelPromise flushed = this.channel.newPromise();
		flush(Unpooled.EMPTY_BUFFER, flushed);
		flushed.addListener((written) -> ((DuplexChannel) this.channel).shutdownOutput().addListener((shut) -> {
			if (shut.isSuccess()) {
				result.arrive(null);
			}
			else {
				result.fail(lost());
			}
			outputShut();
		}));
	}

	private void outputShut() {
		this.outputShut = true;
		closeWhenBothEnded();
	}

	private void closeWhenBothEnded() {
		if (this.outputShut && this.inputEnded) {
			noteCause(BOTH_ENDED);
			this.channel.close();
		}
	}

	/**
	 * Ends the output, and drops the input until the peer ends, too. Closing both
	 * directions while the peer still sends would make its next write fail, and its end
	 * close before it has read the last bytes.
	 */
	@Override
	public void close(ErrorInfo cause) {
		if (!noteCause(cause)) {
			return;
		}
		this.inbox.end(lost(), true);
		onEventLoop(() -> {
			ScheduledFuture<?> deadline = this.channel.eventLoop()
				.schedule(() -> this.channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
			this.channel.closeFuture().addListener((closed) -> deadline.cancel(false));
			this.outputEnded.set(true);
			shutdownOutputWhenWritten(new RawResult<>(callbacks()));
			if (!this.inputEnded) {
				this.channel.config().setAutoRead(true);
			}
		});
	}

	private void onEventLoop(Runnable work) {
		try {
			if (this.channel.eventLoop().inEventLoop()) {
				work.run();
			}
			else {
				this.channel.eventLoop().execute(work);
			}
		}
		catch (RejectedExecutionException ex) {
			// The node is closed, and the channel with it.
			channelClosed();
		}
	}

	private void channelClosed() {
		noteCause(new ErrorInfo(ErrorCode.UNAVAILABLE, "the connection is lost"));
		this.inbox.end(lost(), false);
		tellClosed();
	}

	/**
	 * The receiving handler, on the event loop.
	 */
	private final class Handler extends ChannelInboundHandlerAdapter {

		private final boolean isClient;

		Handler(boolean isClient) {
			this.isClient = isClient;
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			SocketRawLink.this.context = context;
			Channel channel = context.channel();
			channel.config().setAutoRead(false);
			channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
			SocketRawLink.this.traffic.linkOpened(this.isClient);
			channel.closeFuture().addListener((closed) -> {
				SocketRawLink.this.traffic.linkClosed(this.isClient);
				channelClosed();
			});
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ByteBuf bytes = (ByteBuf) message;
			try {
				if (bytes.isReadable()) {
					SocketRawLink.this.traffic.received(0, bytes.readableBytes());
					SocketRawLink.this.inbox.add(ByteBuffer.wrap(ByteBufUtil.getBytes(bytes)));
				}
			}
			finally {
				bytes.release();
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			// Overridden to read nothing more without a request.
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof ChannelInputShutdownEvent) {
				SocketRawLink.this.inputEnded = true;
				SocketRawLink.this.halfClosed = new HalfClosedOutput(context);
				SocketRawLink.this.inbox.end();
				closeWhenBothEnded();
			}
			else if (!(event instanceof ChannelInputShutdownReadComplete)) {
				context.fireUserEventTriggered(event);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
			noteCause(new ErrorInfo(ErrorCode.UNAVAILABLE, String.valueOf(error.getMessage())));
			context.close();
		}

	}

}
