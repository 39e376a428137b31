package io.adaptive.internal.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.wire.EnvelopeEncoder;
import io.adaptive.internal.wire.Outbound;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.ScopeTraffic;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * A link over a socket, created with the data of its handshake. Encoding runs on the
 * sending threads, framing and writing on the event loop. Messages sent before the link
 * is open are held until then.
 */
final class FramedLink implements Link {

	private static final KeyValueLogger logger = KeyValueLogger.of(FramedLink.class);

	/**
	 * Time limit for writing the remaining frames when the link is closed, in case the
	 * peer does not read.
	 */
	private static final int LINGER_SECONDS = 5;

	private final Channel channel;

	private final Handshake handshake;

	private final Instance self;

	private final LinkSettings settings;

	private final ScopeTraffic traffic;

	private final OutboundQueue queue;

	private final EnvelopeEncoder encoder;

	private final AtomicReference<@Nullable ErrorInfo> closeCause = new AtomicReference<>();

	/** Whether the link is open. Event loop only. */
	private boolean open;

	FramedLink(Channel channel, Handshake handshake, LinkOwner owner, PayloadCodec codec) {
		this.channel = channel;
		this.handshake = handshake;
		this.self = owner.self();
		this.settings = owner.settings();
		this.traffic = owner.traffic().in(handshake.scope());
		this.queue = new OutboundQueue(channel, this.traffic);
		this.queue.hold();
		this.encoder = new EnvelopeEncoder(channel.alloc(), codec, handshake.peerLimits().maxMessage(),
				this.queue::add);
		// Also for a link that is never opened.
		channel.closeFuture().addListener((closed) -> this.queue.close());
	}

	/**
	 * Opens the link and releases the held frames. Event loop only.
	 */
	void open() {
		this.open = true;
		this.queue.release();
	}

	/**
	 * Returns whether this is the opener's end.
	 */
	boolean isOpener() {
		return this.handshake.opener();
	}

	LinkSettings settings() {
		return this.settings;
	}

	/**
	 * Writes more frames, since the channel is writable again. Event loop only.
	 */
	void drain() {
		this.queue.drain();
	}

	/**
	 * Notes that the channel is closed, or will be without having been a link. Event loop
	 * only.
	 * @return the cause for which the link is closed
	 */
	ErrorInfo channelClosed() {
		this.closeCause.compareAndSet(null, CLOSED_BY_PEER);
		return Objects.requireNonNull(this.closeCause.get());
	}

	/**
	 * Sends an envelope of the link itself, even while it closes.
	 */
	void tell(Envelope envelope) {
		this.queue.add(this.encoder.encode(envelope));
	}

	/**
	 * Reports a protocol violation to the peer, and closes. Event loop only.
	 */
	void refuse(ErrorCode code, String text) {
		if (!isOpen()) {
			return;
		}
		ErrorInfo cause = new ErrorInfo(code, text).printable();
		logger.warn("connection refused endpoint={} peer={} reason=\"{}\"", endpoint(), peer(), cause.message());
		tell(new Envelope.GoAway(Long.MAX_VALUE, cause));
		close(cause);
	}

	@Override
	public void refuse(String rule) {
		if (isEventLoop()) {
			refuse(ErrorCode.DATA_LOSS, rule);
		}
		else {
			this.channel.eventLoop().execute(() -> refuse(ErrorCode.DATA_LOSS, rule));
		}
	}

	@Override
	public void breakOff(ErrorInfo cause) {
		this.closeCause.compareAndSet(null, cause);
		this.channel.close();
	}

	@Override
	public void close(ErrorInfo cause) {
		if (this.closeCause.compareAndSet(null, cause)) {
			this.channel.eventLoop().execute(this::closeWhenWritten);
		}
	}

	private void closeWhenWritten() {
		if (!this.open) {
			// The handshake is not complete, so the peer cannot read frames yet.
			this.channel.close();
			return;
		}
		ScheduledFuture<?> deadline = this.channel.eventLoop()
			.schedule(() -> this.channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
		this.channel.closeFuture().addListener((closed) -> deadline.cancel(false));
		this.queue.closeWhenWritten();
	}

	@Override
	public boolean isOpen() {
		return this.closeCause.get() == null;
	}

	private void checkOpen() {
		ErrorInfo cause = this.closeCause.get();
		if (cause != null) {
			throw new ConnectionLostException(service(), endpoint(), cause, Delivery.NOT_SENT);
		}
	}

	@Override
	public PreparedEnvelope prepare(Envelope envelope) {
		checkOpen();
		return new FramedEnvelope(this.encoder.encode(envelope));
	}

	@Override
	public boolean isReady(Object message) {
		return this.encoder.isReady(message);
	}

	@Override
	public boolean isEventLoop() {
		return this.channel.eventLoop().inEventLoop();
	}

	@Override
	public ServiceName service() {
		return this.handshake.service();
	}

	@Override
	public Instance self() {
		return this.self;
	}

	@Override
	public Instance peer() {
		return this.handshake.peer();
	}

	@Override
	public Scope scope() {
		return this.handshake.scope();
	}

	@Override
	public Endpoint endpoint() {
		return this.handshake.endpoint();
	}

	@Override
	public @Nullable InetSocketAddress peerAddress() {
		return (this.channel.remoteAddress() instanceof InetSocketAddress internet) ? internet : null;
	}

	@Override
	public @Nullable InetAddress ownAddress() {
		return (this.channel.localAddress() instanceof InetSocketAddress internet) ? internet.getAddress() : null;
	}

	@Override
	public ScopeTraffic traffic() {
		return this.traffic;
	}

	@Override
	public Limits limits() {
		return this.settings.limits();
	}

	@Override
	public PendingLimits pendingLimits() {
		return this.settings.pending();
	}

	@Override
	public Limits peerLimits() {
		return this.handshake.peerLimits();
	}

	private final class FramedEnvelope implements PreparedEnvelope {

		private final Outbound outbound;

		FramedEnvelope(Outbound outbound) {
			this.outbound = outbound;
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
			FramedLink.this.queue.add(this.outbound);
		}

		@Override
		public void discard() {
			this.outbound.release();
		}

	}

}
