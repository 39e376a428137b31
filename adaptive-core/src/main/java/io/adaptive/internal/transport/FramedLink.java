package io.adaptive.internal.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import io.adaptive.spi.RawReceiver;
import io.adaptive.spi.ScopeTraffic;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.wire.EnvelopeDecoder;
import io.adaptive.internal.wire.EnvelopeEncoder;
import io.adaptive.internal.wire.Outbound;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.internal.wire.ProtocolException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * A link over a socket, and the handler in its channel's pipeline. The event loop frames
 * and routes; encoding happens on the threads that send.
 */
abstract class FramedLink extends ByteToMessageDecoder implements Link {

	private static final KeyValueLogger logger = KeyValueLogger.of(FramedLink.class);

	/** A peer that does not read must not keep a closing connection open for longer. */
	private static final int LINGER_SECONDS = 5;

	private final Endpoint endpoint;

	private final LinkSettings settings;

	private final boolean makesCalls;

	private final Traffic traffic;

	private final AtomicReference<@Nullable ErrorInfo> closeCause = new AtomicReference<>();

	private @Nullable ChannelHandlerContext context;

	private @Nullable ScheduledFuture<?> deadline;

	private volatile @Nullable Instance peer;

	private volatile Limits peerLimits = Limits.DEFAULT;

	private volatile @Nullable Established established;

	private @Nullable Heartbeat heartbeat;

	FramedLink(Endpoint endpoint, LinkSettings settings, boolean makesCalls, Traffic traffic) {
		this.endpoint = endpoint;
		this.settings = settings;
		this.makesCalls = makesCalls;
		this.traffic = traffic;
	}

	/**
	 * Tries to complete the handshake with what has arrived, calling {@link #establish}
	 * once it is complete.
	 */
	abstract void handshake(ChannelHandlerContext context, ByteBuf in);

	/**
	 * The connection ended before it was established.
	 */
	abstract void handshakeFailed(ErrorInfo cause);

	/**
	 * Puts the link to work.
	 * @return the receiver, to be told that the link is open
	 * @throws io.adaptive.message.ConnectionRefusedException if the acceptor refuses it
	 */
	final Receiver establish(Instance peer, Limits peerLimits, PayloadCodec codec, LinkAcceptor acceptor) {
		Receiver receiver = accept(peer, peerLimits, acceptor);
		establish(receiver, codec);
		return receiver;
	}

	/**
	 * Lets the acceptor decide on the link.
	 * @return the receiver
	 * @throws io.adaptive.message.ConnectionRefusedException if the acceptor refuses it
	 */
	final Receiver accept(Instance peer, Limits peerLimits, LinkAcceptor acceptor) {
		this.peer = peer;
		this.peerLimits = peerLimits;
		return acceptor.accept(this);
	}

	/**
	 * Puts the accepted link to work.
	 */
	final void establish(Receiver receiver, PayloadCodec codec) {
		Channel channel = context().channel();
		ScopeTraffic counted = traffic();
		OutboundQueue queue = new OutboundQueue(context(), counted);
		EnvelopeEncoder encoder = new EnvelopeEncoder(channel.alloc(), codec, this.peerLimits.maxMessage(), queue::add);
		this.established = new Established(receiver, queue, encoder,
				new EnvelopeDecoder(codec, this.settings.limits(), this.makesCalls, receiver::maxIncomplete), counted);
		counted.linkOpened(this.makesCalls);
		this.heartbeat = new Heartbeat(context().executor(), this.settings, this::ping, this::heardNothing);
		cancelDeadline();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		context.channel().closeFuture().addListener((closed) -> channelClosed());
		this.deadline = context.executor()
			.schedule(this::handshakeTimedOut, this.settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
	}

	private void handshakeTimedOut() {
		refuse(context(), ErrorCode.DEADLINE_EXCEEDED,
				"no complete handshake within %s ms".formatted(this.settings.handshakeTimeout().toMillis()));
	}

	private void cancelDeadline() {
		if (this.deadline != null) {
			this.deadline.cancel(false);
			this.deadline = null;
		}
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (this.heartbeat != null) {
			this.heartbeat.heard();
		}
		if (this.closeCause.get() != null) {
			in.skipBytes(in.readableBytes());
			return;
		}
		Established current = this.established;
		if (current == null) {
			handshake(context, in);
		}
		else {
			decodeAll(current, in);
		}
	}

	private void decodeAll(Established current, ByteBuf in) {
		int before = in.readerIndex();
		int frames = 0;
		try {
			while (this.closeCause.get() == null && current.decoder.decode(in, current)) {
				frames++;
			}
		}
		finally {
			current.traffic.received(frames, in.readerIndex() - before);
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		Established current = this.established;
		if (current != null && context.channel().isWritable()) {
			current.queue.drain();
		}
		context.fireChannelWritabilityChanged();
	}

	private void ping(long token) {
		established().send(new Envelope.Ping(token, false));
	}

	private void heardNothing(Duration silence) {
		breakOff(Silence.of(silence));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
		Throwable cause = (error instanceof DecoderException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof ProtocolException broken) {
			refuse(context, (this.established != null) ? broken.codeAfterHandshake() : broken.code(),
					String.valueOf(broken.getMessage()));
		}
		else if (cause instanceof IOException) {
			breakOff(new ErrorInfo(ErrorCode.UNAVAILABLE, String.valueOf(cause.getMessage())));
		}
		else {
			logger.error("connection broken off endpoint={}", this.endpoint, cause);
			breakOff(new ErrorInfo(ErrorCode.INTERNAL, cause.toString()));
		}
	}

	/**
	 * Tells the peer that it broke the protocol, and closes.
	 */
	final void refuse(ChannelHandlerContext context, ErrorCode code, String text) {
		if (this.closeCause.get() != null) {
			return;
		}
		String reason = printable(text);
		logger.warn("connection refused endpoint={} peer={} reason=\"{}\"", this.endpoint, this.peer, reason);
		ErrorInfo cause = new ErrorInfo(code, reason);
		Established current = this.established;
		if (current != null) {
			current.send(new Envelope.GoAway(Long.MAX_VALUE, cause));
			close(cause);
		}
		else {
			turnAway(context, cause);
		}
	}

	/**
	 * Makes a text that may hold what a stranger sent fit for a log line and a frame.
	 */
	private static String printable(String text) {
		return new ErrorInfo(ErrorCode.OK, text).printable().message();
	}

	/**
	 * Refuses the handshake without a line in the log.
	 */
	final void turnAway(ChannelHandlerContext context, ErrorInfo cause) {
		refuseHandshake(context, cause);
		breakOff(cause);
	}

	/**
	 * Leaves the channel's bytes to a raw connection, those included that have arrived
	 * behind the handshake.
	 */
	final void becomeRaw(Instance peer, Function<Link, RawReceiver> acceptor, Runnable accepted) {
		this.peer = peer;
		RawReceiver receiver = acceptor.apply(this);
		accepted.run();
		SocketRawLink raw = new SocketRawLink(this, context().channel(), receiver.callbacks());
		giveWayTo(raw.handler(this.makesCalls));
		receiver.opened().accept(raw);
	}

	/**
	 * Leaves the channel to another handler, with what has arrived behind the handshake.
	 */
	final void giveWayTo(ChannelHandler successor) {
		cancelDeadline();
		context().pipeline().replace(this, SocketTransport.HANDLER, successor);
	}

	/**
	 * Writes why the handshake is refused, where the peer can read it.
	 */
	void refuseHandshake(ChannelHandlerContext context, ErrorInfo cause) {
	}

	/**
	 * Returns why the link is closed, {@code null} while it is not.
	 */
	final @Nullable ErrorInfo closeCause() {
		return this.closeCause.get();
	}

	@Override
	public final void breakOff(ErrorInfo cause) {
		this.closeCause.compareAndSet(null, cause);
		context().close();
	}

	private void channelClosed() {
		cancelDeadline();
		if (this.heartbeat != null) {
			this.heartbeat.stop();
		}
		this.closeCause.compareAndSet(null, CLOSED_BY_PEER);
		ErrorInfo cause = this.closeCause.get();
		Established current = this.established;
		if (current != null && cause != null) {
			current.queue.close();
			current.traffic.linkClosed(this.makesCalls);
			current.receiver.closed(cause);
		}
		else if (cause != null) {
			handshakeFailed(cause);
		}
	}

	@Override
	public final Endpoint endpoint() {
		return this.endpoint;
	}

	@Override
	public final Instance peer() {
		Instance current = this.peer;
		if (current == null) {
			throw new IllegalStateException("The handshake is not complete");
		}
		return current;
	}

	@Override
	public final @Nullable InetSocketAddress peerAddress() {
		return (context().channel().remoteAddress() instanceof InetSocketAddress internet) ? internet : null;
	}

	@Override
	public final @Nullable InetAddress ownAddress() {
		return (context().channel().localAddress() instanceof InetSocketAddress internet) ? internet.getAddress()
				: null;
	}

	@Override
	public final ScopeTraffic traffic() {
		return this.traffic.in(scope());
	}

	@Override
	public final Limits limits() {
		return this.settings.limits();
	}

	@Override
	public final PendingLimits pendingLimits() {
		return this.settings.pending();
	}

	@Override
	public final Limits peerLimits() {
		return this.peerLimits;
	}

	@Override
	public final boolean isReady(Object message) {
		return established().encoder.isReady(message);
	}

	@Override
	public final PreparedEnvelope prepare(Envelope envelope) {
		checkOpen();
		Established current = established();
		Outbound outbound = current.encoder.encode(envelope);
		return new FramedParcel(outbound, current.queue);
	}

	@Override
	public final boolean isOpen() {
		return this.closeCause.get() == null;
	}

	private void checkOpen() {
		ErrorInfo cause = this.closeCause.get();
		if (cause != null) {
			throw new ConnectionLostException(service(), this.endpoint, cause, Delivery.NOT_SENT);
		}
	}

	@Override
	public final void refuse(String rule) {
		if (isEventLoop()) {
			refuse(context(), ErrorCode.DATA_LOSS, rule);
		}
		else {
			context().executor().execute(() -> refuse(context(), ErrorCode.DATA_LOSS, rule));
		}
	}

	@Override
	public final void close(ErrorInfo cause) {
		if (this.closeCause.compareAndSet(null, cause)) {
			context().executor().execute(this::closeWhenWritten);
		}
	}

	private void closeWhenWritten() {
		this.deadline = context().executor().schedule(() -> context().close(), LINGER_SECONDS, TimeUnit.SECONDS);
		established().queue.closeWhenWritten();
	}

	@Override
	public final boolean isEventLoop() {
		return context().executor().inEventLoop();
	}

	final LinkSettings settings() {
		return this.settings;
	}

	private Established established() {
		Established current = this.established;
		if (current == null) {
			throw new IllegalStateException("The handshake is not complete");
		}
		return current;
	}

	private ChannelHandlerContext context() {
		ChannelHandlerContext current = this.context;
		if (current == null) {
			throw new IllegalStateException("The link is not in a pipeline");
		}
		return current;
	}

	private record Established(Receiver receiver, OutboundQueue queue, EnvelopeEncoder encoder, EnvelopeDecoder decoder,
			ScopeTraffic traffic) implements Consumer<Envelope> {

		@Override
		public void accept(Envelope envelope) {
			if (!(envelope instanceof Envelope.Ping ping)) {
				this.receiver.received(envelope);
			}
			else if (!ping.answer()) {
				send(new Envelope.Ping(ping.token(), true));
			}
		}

		void send(Envelope envelope) {
			this.queue.add(this.encoder.encode(envelope));
		}

	}

	private final class FramedParcel implements PreparedEnvelope {

		private final Outbound outbound;

		private final OutboundQueue queue;

		FramedParcel(Outbound outbound, OutboundQueue queue) {
			this.outbound = outbound;
			this.queue = queue;
		}

		@Override
		public int size() {
			return this.outbound.payloadSize();
		}

		@Override
		public void send() {
			try {
				checkOpen();
			}
			catch (ConnectionLostException ex) {
				discard();
				throw ex;
			}
			this.queue.add(this.outbound);
		}

		@Override
		public void discard() {
			this.outbound.release();
		}

	}

}
