package io.adaptive.internal.transport;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.wire.ProtocolException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.spi.Link;
import io.adaptive.spi.RawReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * One end of a handshake. Once it is complete, another handler replaces it in the
 * channel's pipeline and receives the bytes that have arrived behind the handshake.
 * Confined to one event loop.
 */
abstract class HandshakeHandler extends ByteToMessageDecoder {

	private static final KeyValueLogger logger = KeyValueLogger.of(HandshakeHandler.class);

	private final LinkOwner owner;

	private final Endpoint endpoint;

	/** The reason for which there is no link, {@code null} while there may be one. */
	private @Nullable ErrorInfo failure;

	private @Nullable ScheduledFuture<?> deadline;

	HandshakeHandler(LinkOwner owner, Endpoint endpoint) {
		this.owner = owner;
		this.endpoint = endpoint;
	}

	/**
	 * Continues the handshake with the bytes that have arrived.
	 */
	abstract void read(ChannelHandlerContext context, ByteBuf in);

	/**
	 * Writes a refusal of the handshake, on the end whose peer can read one.
	 */
	void writeRefusal(ChannelHandlerContext context, ErrorInfo cause) {
	}

	/**
	 * Called when the channel was closed before there was a link.
	 */
	void failed(ErrorInfo cause) {
	}

	final LinkOwner owner() {
		return this.owner;
	}

	final Endpoint endpoint() {
		return this.endpoint;
	}

	final @Nullable ErrorInfo failure() {
		return this.failure;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		long millis = this.owner.settings().handshakeTimeout().toMillis();
		this.deadline = context.executor()
			.schedule(() -> refuse(context, null, ErrorCode.DEADLINE_EXCEEDED,
					"no complete handshake within %s ms".formatted(millis)), millis, TimeUnit.MILLISECONDS);
		context.channel().closeFuture().addListener((closed) -> channelClosed(context));
	}

	@Override
	protected void handlerRemoved0(ChannelHandlerContext context) {
		cancelDeadline();
	}

	private void cancelDeadline() {
		if (this.deadline != null) {
			this.deadline.cancel(false);
		}
	}

	private void channelClosed(ChannelHandlerContext context) {
		cancelDeadline();
		if (!context.isRemoved()) {
			ErrorInfo cause = (this.failure != null) ? this.failure : Link.CLOSED_BY_PEER;
			this.failure = cause;
			failed(cause);
		}
	}

	@Override
	protected final void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (this.failure != null) {
			in.skipBytes(in.readableBytes());
			return;
		}
		read(context, in);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
		Throwable cause = (error instanceof DecoderException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof ProtocolException broken) {
			refuse(context, null, broken.code(), String.valueOf(broken.getMessage()));
		}
		else if (cause instanceof IOException) {
			breakOff(context, new ErrorInfo(ErrorCode.UNAVAILABLE, String.valueOf(cause.getMessage())));
		}
		else {
			logger.error("connection broken off endpoint={}", this.endpoint, cause);
			breakOff(context, new ErrorInfo(ErrorCode.INTERNAL, cause.toString()));
		}
	}

	/**
	 * Refuses the handshake, and closes.
	 * @param peer the other node, if it is known
	 * @param text the reason, which may contain text sent by the peer
	 */
	final void refuse(ChannelHandlerContext context, @Nullable Instance peer, ErrorCode code, String text) {
		if (this.failure == null) {
			ErrorInfo cause = new ErrorInfo(code, text).printable();
			logger.warn("connection refused endpoint={} peer={} reason=\"{}\"", this.endpoint, peer, cause.message());
			turnAway(context, cause);
		}
	}

	/**
	 * Refuses the handshake without a log line.
	 */
	final void turnAway(ChannelHandlerContext context, ErrorInfo cause) {
		writeRefusal(context, cause);
		breakOff(context, cause);
	}

	final void breakOff(ChannelHandlerContext context, ErrorInfo cause) {
		if (this.failure == null) {
			this.failure = cause;
		}
		context.close();
	}

	/**
	 * Turns the channel into a raw connection.
	 * @param link describes its ends
	 * @param acceptor gives the receiver
	 * @param accepted called once, when the connection is accepted
	 * @throws io.adaptive.message.ConnectionRefusedException if the acceptor refuses it
	 */
	final void becomeRaw(ChannelHandlerContext context, FramedLink link, Function<Link, RawReceiver> acceptor,
			Runnable accepted) {
		RawReceiver receiver = acceptor.apply(link);
		accepted.run();
		SocketRawLink raw = new SocketRawLink(link, context.channel(), receiver.callbacks());
		giveWayTo(context, raw.handler(link.isOpener()));
		receiver.opened().accept(raw);
	}

	/**
	 * Replaces this handler by another one, which receives the bytes that have arrived
	 * behind the handshake.
	 */
	final void giveWayTo(ChannelHandlerContext context, ChannelHandler successor) {
		context.pipeline().replace(this, context.name(), successor);
	}

}
