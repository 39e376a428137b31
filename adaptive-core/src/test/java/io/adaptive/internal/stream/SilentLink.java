package io.adaptive.internal.stream;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.ScopeTraffic;

/**
 * A link that counts what is sent and answers nothing.
 */
final class SilentLink implements Link {

	static final ErrorInfo LOST = new ErrorInfo(ErrorCode.UNAVAILABLE, "lost");

	static final ServiceName SERVICE = new ServiceName("test", "silent");

	private static final Endpoint ENDPOINT = new Endpoint.UnixSocket(Path.of("nowhere"));

	private static final Instance SELF = new Instance(new ProviderId("self"), 1);

	static final Instance PEER = new Instance(new ProviderId("peer"), 2);

	final ScopeTraffic traffic = new ScopeTraffic();

	final AtomicInteger cancels = new AtomicInteger();

	final AtomicInteger answers = new AtomicInteger();

	/** How often it was asked whether it is open. */
	final AtomicInteger asks = new AtomicInteger();

	private final Instance peer;

	private volatile boolean open = true;

	SilentLink() {
		this(PEER);
	}

	SilentLink(Instance peer) {
		this.peer = peer;
	}

	@Override
	public ServiceName service() {
		return SERVICE;
	}

	@Override
	public Instance self() {
		return SELF;
	}

	@Override
	public Instance peer() {
		return this.peer;
	}

	@Override
	public Scope scope() {
		return Scope.OS;
	}

	@Override
	public Endpoint endpoint() {
		return ENDPOINT;
	}

	@Override
	public ScopeTraffic traffic() {
		return this.traffic;
	}

	@Override
	public Limits limits() {
		return Limits.DEFAULT;
	}

	@Override
	public Limits peerLimits() {
		return Limits.DEFAULT;
	}

	@Override
	public PreparedEnvelope prepare(Envelope envelope) {
		checkOpen();
		return new Counted(envelope);
	}

	private void checkOpen() {
		if (!this.open) {
			throw new ConnectionLostException(SERVICE, ENDPOINT, LOST, Delivery.NOT_SENT);
		}
	}

	@Override
	public void refuse(String rule) {
		throw new IllegalStateException(rule);
	}

	@Override
	public boolean isOpen() {
		this.asks.incrementAndGet();
		return this.open;
	}

	@Override
	public void close(ErrorInfo cause) {
		this.open = false;
	}

	@Override
	public boolean isEventLoop() {
		return false;
	}

	private final class Counted implements PreparedEnvelope {

		private final Envelope envelope;

		Counted(Envelope envelope) {
			this.envelope = envelope;
		}

		@Override
		public int size() {
			return 0;
		}

		@Override
		public void send() {
			checkOpen();
			if (this.envelope instanceof Envelope.Cancel) {
				SilentLink.this.cancels.incrementAndGet();
			}
			else if (this.envelope instanceof Envelope.Reply || this.envelope instanceof Envelope.Failure) {
				SilentLink.this.answers.incrementAndGet();
			}
		}

		@Override
		public void discard() {
			// Nothing is held.
		}

	}

}
