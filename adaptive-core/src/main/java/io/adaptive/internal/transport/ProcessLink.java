package io.adaptive.internal.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.internal.wire.LocalEncoder;
import io.adaptive.message.CallerContext;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.spi.Payload;
import io.adaptive.spi.RawReceiver;
import io.adaptive.spi.ScopeTraffic;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link within a process space. The sending thread itself passes the envelope
 * to the other end's receiver; nothing is copied unless one of the two nodes requires
 * copies.
 */
final class ProcessLink implements Link {

	private final ServiceInstance target;

	private final Side self;

	private final Side peer;

	/** Shared by both ends: the first close counts for both. */
	private final AtomicReference<@Nullable Closing> closing;

	private final Limits peerLimits;

	private final boolean copied;

	private final boolean isClient;

	private final LocalEncoder encoder;

	private final CallerContext callerContext;

	private final AtomicBoolean notified = new AtomicBoolean();

	private volatile boolean openingTold;

	private volatile @Nullable Receiver receiver;

	private volatile @Nullable ProcessLink other;

	private ProcessLink(ServiceInstance target, Side self, Side peer, boolean isClient,
			AtomicReference<@Nullable Closing> closing) {
		this.target = target;
		this.self = self;
		this.peer = peer;
		this.closing = closing;
		this.isClient = isClient;
		this.callerContext = isClient ? self.settings.callerContext() : CallerContext.NONE;
		this.encoder = new LocalEncoder(self.settings.codec());
		this.peerLimits = peer.settings.limits().atTheStart(isClient);
		this.copied = self.settings.copied() || peer.settings.copied();
	}

	/**
	 * Opens a link.
	 * @return the client end, complete at once unless the server decides later
	 * @throws ConnectionRefusedException if one of the two refuses at once
	 */
	static CompletableFuture<Link> open(ServiceInstance target, Side client, Side server) {
		AtomicReference<@Nullable Closing> closing = new AtomicReference<>();
		ProcessLink clientEnd = new ProcessLink(target, client, server, true, closing);
		ProcessLink serverEnd = new ProcessLink(target, server, client, false, closing);
		if (client.acceptor.opensRaw()) {
			RawReceiver receiver = server.acceptor.acceptRaw(serverEnd);
			ProcessRawLink.open(clientEnd, client.acceptor.acceptRaw(clientEnd), serverEnd, receiver);
			return CompletableFuture.completedFuture(clientEnd);
		}
		Receiver serverReceiver = server.acceptor.accept(serverEnd);
		CompletionStage<?> admission = serverReceiver.admission();
		if (admission == null) {
			return CompletableFuture.completedFuture(open(client, clientEnd, serverEnd, serverReceiver));
		}
		return admission.<Link>handle((admitted, error) -> {
			if (error != null) {
				ErrorInfo refusal = ConnectionRefusedException.of(error).printable();
				serverReceiver.closed(refusal);
				throw new ConnectionRefusedException(refusal.code(), refusal.message());
			}
			return open(client, clientEnd, serverEnd, serverReceiver);
		}).toCompletableFuture();
	}

	private static Link open(Side client, ProcessLink clientEnd, ProcessLink serverEnd, Receiver serverReceiver) {
		try {
			clientEnd.receiver = client.acceptor.accept(clientEnd);
		}
		catch (RuntimeException | Error ex) {
			serverReceiver.closed(CLOSED_BY_PEER);
			throw ex;
		}
		serverEnd.receiver = serverReceiver;
		clientEnd.other = serverEnd;
		serverEnd.other = clientEnd;
		clientEnd.traffic().linkOpened(true);
		serverEnd.traffic().linkOpened(false);
		clientEnd.opened();
		serverEnd.opened();
		return clientEnd;
	}

	@Override
	public ServiceName service() {
		return this.target.service();
	}

	@Override
	public Instance self() {
		return this.self.instance;
	}

	@Override
	public Instance peer() {
		return this.peer.instance;
	}

	@Override
	public Scope scope() {
		return Scope.PROCESS;
	}

	@Override
	public Endpoint endpoint() {
		return this.target.endpoints().get(0);
	}

	@Override
	public ScopeTraffic traffic() {
		return this.self.settings.traffic();
	}

	@Override
	public Limits limits() {
		return this.self.settings.limits();
	}

	@Override
	public PendingLimits pendingLimits() {
		return this.self.settings.pending();
	}

	@Override
	public Limits peerLimits() {
		return this.peerLimits;
	}

	@Override
	public PreparedEnvelope prepare(Envelope envelope) {
		checkOpen();
		return new ProcessParcel(envelope);
	}

	@Override
	public boolean isOpen() {
		return this.closing.get() == null;
	}

	private void checkOpen() {
		Closing closed = this.closing.get();
		if (closed != null) {
			throw new ConnectionLostException(service(), endpoint(), closed.causeAt(this), Delivery.NOT_SENT);
		}
	}

	@Override
	public void send(Envelope envelope) {
		checkOpen();
		ProcessLink end = this.other;
		Receiver target = (end != null) ? end.receiver : null;
		if (target == null) {
			throw new IllegalStateException("The link is not open yet");
		}
		this.self.settings.traffic().handedOver(this.peer.settings.traffic());
		target.received(envelope);
	}

	@Override
	public Payload payload(Object message) {
		CallerContext.Captured captured = this.callerContext.capture();
		return this.copied ? new CopiedPayload(this.encoder.encode(message, peerLimits().maxMessage()), captured)
				: new HandedOverPayload(message, this.encoder, captured, (int) peerLimits().maxMessage());
	}

	@Override
	public void refuse(String rule) {
		ErrorInfo cause = new ErrorInfo(ErrorCode.INTERNAL, rule);
		try {
			send(new Envelope.GoAway(Long.MAX_VALUE, cause));
		}
		catch (ConnectionLostException ex) {
			// The link is already closed, with an earlier cause.
		}
		close(cause);
	}

	@Override
	public void close(ErrorInfo cause) {
		Closing closed = new Closing(this, cause);
		if (this.closing.compareAndSet(null, closed)) {
			ProcessLink end = this.other;
			if (end != null) {
				end.notifyClosed(closed);
			}
			notifyClosed(closed);
		}
	}

	/**
	 * Notifies the receiver. A close in the meantime leaves its own notification to this
	 * method, so that the end is reported after the beginning.
	 */
	private void opened() {
		Receiver current = this.receiver;
		if (current != null) {
			current.opened();
		}
		this.openingTold = true;
		Closing closed = this.closing.get();
		if (closed != null) {
			notifyClosed(closed);
		}
	}

	private void notifyClosed(Closing closed) {
		Receiver current = this.receiver;
		if (current != null && this.openingTold && this.notified.compareAndSet(false, true)) {
			traffic().linkClosed(this.isClient);
			current.closed(closed.causeAt(this));
		}
	}

	@Override
	public boolean isEventLoop() {
		return false;
	}

	private final class ProcessParcel implements PreparedEnvelope {

		private final Envelope envelope;

		ProcessParcel(Envelope envelope) {
			this.envelope = envelope;
		}

		@Override
		public int size() {
			return (this.envelope instanceof Envelope.Message message) ? message.payload().size() : 0;
		}

		@Override
		public void send() {
			ProcessLink.this.send(this.envelope);
		}

		@Override
		public void discard() {
			// It holds no resources.
		}

	}

	/**
	 * The end of the link.
	 *
	 * @param by the end that closed it
	 * @param cause the cause
	 */
	private record Closing(ProcessLink by, ErrorInfo cause) {

		ErrorInfo causeAt(ProcessLink end) {
			return (end == this.by) ? this.cause : CLOSED_BY_PEER;
		}

	}

	/**
	 * The part of one node in a link.
	 *
	 * @param instance the node
	 * @param settings its settings
	 * @param acceptor gives its receiver
	 */
	record Side(Instance instance, ProcessSettings settings, LinkAcceptor acceptor) {
	}

}
