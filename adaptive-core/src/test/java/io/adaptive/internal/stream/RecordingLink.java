package io.adaptive.internal.stream;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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
import org.jspecify.annotations.Nullable;

/**
 * A link that keeps what is sent, and which rules its peer has broken.
 */
final class RecordingLink implements Link {

	static final ErrorInfo LOST = new ErrorInfo(ErrorCode.UNAVAILABLE, "lost");

	private static final ServiceName SERVICE = new ServiceName("test", "recorded");

	private static final Endpoint ENDPOINT = new Endpoint.UnixSocket(Path.of("nowhere"));

	private static final Instance SELF = new Instance(new ProviderId("self"), 1);

	private static final Instance PEER = new Instance(new ProviderId("peer"), 2);

	final List<Envelope> sent = new CopyOnWriteArrayList<>();

	final List<String> brokenRules = new CopyOnWriteArrayList<>();

	volatile @Nullable ErrorInfo closeCause;

	private final Limits peerLimits;

	RecordingLink() {
		this(Limits.DEFAULT);
	}

	RecordingLink(Limits peerLimits) {
		this.peerLimits = peerLimits;
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
		return PEER;
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
	public Limits limits() {
		return Limits.DEFAULT;
	}

	@Override
	public Limits peerLimits() {
		return this.peerLimits;
	}

	@Override
	public PreparedEnvelope prepare(Envelope envelope) {
		checkOpen();
		return new PreparedEnvelope() {

			@Override
			public int size() {
				return 0;
			}

			@Override
			public void send() {
				checkOpen();
				RecordingLink.this.sent.add(envelope);
			}

			@Override
			public void discard() {
				// Nothing is held.
			}

		};
	}

	private void checkOpen() {
		ErrorInfo cause = this.closeCause;
		if (cause != null) {
			throw new ConnectionLostException(SERVICE, ENDPOINT, cause, Delivery.NOT_SENT);
		}
	}

	@Override
	public void refuse(String rule) {
		this.brokenRules.add(rule);
	}

	@Override
	public boolean isOpen() {
		return this.closeCause == null;
	}

	@Override
	public void close(ErrorInfo cause) {
		this.closeCause = cause;
	}

	@Override
	public boolean isEventLoop() {
		return false;
	}

}
