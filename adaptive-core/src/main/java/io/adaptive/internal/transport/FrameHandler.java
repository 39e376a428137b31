package io.adaptive.internal.transport;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.wire.EnvelopeDecoder;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.internal.wire.ProtocolException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.EventExecutor;

/**
 * Decodes the frames of a link for its receiver, on the event loop. It replaces the
 * handshake in the channel's pipeline, which opens the link.
 */
final class FrameHandler extends ByteToMessageDecoder implements Consumer<Envelope> {

	private static final KeyValueLogger logger = KeyValueLogger.of(FrameHandler.class);

	private final FramedLink link;

	private final Link.Receiver receiver;

	private final Runnable whenOpened;

	private final EnvelopeDecoder decoder;

	private final Heartbeat heartbeat;

	/**
	 * Creates the handler of a link, on the event loop.
	 * @param whenOpened called once, after the receiver's {@code opened} and before
	 * anything is received
	 */
	FrameHandler(FramedLink link, Link.Receiver receiver, PayloadCodec codec, EventExecutor eventLoop,
			Runnable whenOpened) {
		this.link = link;
		this.receiver = receiver;
		this.whenOpened = whenOpened;
		this.decoder = new EnvelopeDecoder(codec, link.limits(), link.isOpener(), receiver::maxIncomplete);
		this.heartbeat = new Heartbeat(eventLoop, link.settings(),
				(token) -> link.tell(new Envelope.Ping(token, false)), (silence) -> link.breakOff(Silence.of(silence)));
	}

	/**
	 * Opens the link. If that fails, the receiver is notified of the end after the
	 * beginning.
	 */
	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.link.traffic().linkOpened(this.link.isOpener());
		try {
			this.receiver.opened();
			this.whenOpened.run();
			this.link.open();
		}
		catch (RuntimeException | Error ex) {
			exceptionCaught(context, ex);
		}
		context.channel().closeFuture().addListener((closed) -> channelClosed());
	}

	private void channelClosed() {
		this.heartbeat.stop();
		ErrorInfo cause = this.link.channelClosed();
		this.link.traffic().linkClosed(this.link.isOpener());
		this.receiver.closed(cause);
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		this.heartbeat.heard();
		if (!this.link.isOpen()) {
			in.skipBytes(in.readableBytes());
			return;
		}
		int before = in.readerIndex();
		int frames = 0;
		try {
			while (this.link.isOpen() && this.decoder.decode(in, this)) {
				frames++;
			}
		}
		finally {
			this.link.traffic().received(frames, in.readerIndex() - before);
		}
	}

	@Override
	public void accept(Envelope envelope) {
		if (!(envelope instanceof Envelope.Ping ping)) {
			this.receiver.received(envelope);
		}
		else if (!ping.answer()) {
			this.link.tell(new Envelope.Ping(ping.token(), true));
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (context.channel().isWritable()) {
			this.link.drain();
		}
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
		Throwable cause = (error instanceof DecoderException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof ProtocolException broken) {
			this.link.refuse(broken.codeAfterHandshake(), String.valueOf(broken.getMessage()));
		}
		else if (cause instanceof IOException) {
			this.link.breakOff(new ErrorInfo(ErrorCode.UNAVAILABLE, String.valueOf(cause.getMessage())));
		}
		else {
			logger.error("connection broken off endpoint={}", this.link.endpoint(), cause);
			this.link.breakOff(new ErrorInfo(ErrorCode.INTERNAL, cause.toString()));
		}
	}

}
