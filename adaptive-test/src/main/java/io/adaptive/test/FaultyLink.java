package io.adaptive.test;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import org.jspecify.annotations.Nullable;

/**
 * The opener's end of a link that delays, reorders, holds and loses, in both directions.
 */
final class FaultyLink extends ForwardingLink {

	private static final ErrorInfo LOST = new ErrorInfo(ErrorCode.UNAVAILABLE, "lost by the test's LinkFaults");

	private final FaultyLinks links;

	private final Lane out;

	private final Lane in;

	private final Losses losses;

	private final AtomicBoolean told = new AtomicBoolean();

	private volatile @Nullable Receiver receiver;

	/** Why this end sends no more. */
	private volatile @Nullable ErrorInfo closed;

	/** Whether nothing arrives any more, at either end. */
	private volatile boolean lost;

	FaultyLink(Link link, FaultyLinks links, long seed) {
		super(link);
		this.links = links;
		this.out = new Lane(() -> links.faultsOf(link.service()), new SplittableRandom(2 * seed));
		this.in = new Lane(() -> links.faultsOf(link.service()), new SplittableRandom(2 * seed + 1));
		this.losses = new Losses((message) -> links.takeLoss(link.service(), message));
	}

	/**
	 * Receives from the link itself what it hands on to the opener, when it has arrived.
	 */
	Receiver receiving(Receiver receiver) {
		this.receiver = receiver;
		return new Receiver() {

			@Override
			public void opened() {
				receiver.opened();
			}

			@Override
			public void received(Envelope envelope) {
				FaultyLink.this.received(receiver, envelope);
			}

			@Override
			public void closed(ErrorInfo cause) {
				FaultyLink.this.links.scheduler().carryLast(FaultyLink.this.in, () -> tellClosed(cause));
			}

		};
	}

	private void received(Receiver receiver, Envelope envelope) {
		if (this.losses.isLostWith(envelope)) {
			loseSoon();
		}
		else if (!this.lost) {
			this.links.scheduler().carry(this.in, envelope, () -> {
				if (!this.lost) {
					receiver.received(envelope);
				}
			});
		}
	}

	private void tellClosed(ErrorInfo cause) {
		this.closed = cause;
		Receiver current = this.receiver;
		if (current != null && this.told.compareAndSet(false, true)) {
			this.links.forget(this);
			current.closed(cause);
		}
	}

	/**
	 * Lets what is on its way arrive now.
	 */
	void hurry() {
		this.links.scheduler().hurry(this.out);
		this.links.scheduler().hurry(this.in);
	}

	/**
	 * Loses the connection with all that is on its way. Neither end is told more than
	 * that it is gone.
	 */
	void lose() {
		this.lost = true;
		this.links.scheduler().drop(this.out);
		this.links.scheduler().drop(this.in);
		link().close(LOST);
		tellClosed(LOST);
	}

	/**
	 * Loses the connection, but not on a thread that is busy with sending or receiving.
	 */
	private void loseSoon() {
		this.lost = true;
		this.links.scheduler().execute(this::lose);
	}

	@Override
	public PreparedEnvelope prepare(Envelope envelope) {
		checkOpen();
		PreparedEnvelope prepared = this.lost ? null : prepareUnlessGone(envelope);
		return new FaultyParcel(envelope, prepared);
	}

	/**
	 * What the other end has closed already is not known here before that has arrived.
	 */
	private @Nullable PreparedEnvelope prepareUnlessGone(Envelope envelope) {
		try {
			return link().prepare(envelope);
		}
		catch (ConnectionLostException ex) {
			return null;
		}
	}

	private void checkOpen() {
		ErrorInfo cause = this.closed;
		if (cause != null) {
			throw new ConnectionLostException(service(), endpoint(), cause, Delivery.NOT_SENT);
		}
	}

	private void send(Envelope envelope, @Nullable PreparedEnvelope prepared) {
		checkOpen();
		if (this.losses.isLostBefore(envelope)) {
			discard(prepared);
			loseSoon();
		}
		else {
			this.links.scheduler().carry(this.out, envelope, () -> {
				arrive(prepared);
				if (this.losses.isLostAfter(envelope)) {
					loseSoon();
				}
			});
		}
	}

	private void arrive(@Nullable PreparedEnvelope prepared) {
		if (this.lost) {
			discard(prepared);
		}
		else if (prepared != null) {
			try {
				prepared.send();
			}
			catch (ConnectionLostException ex) {
				// Closed by the other end while it was on its way.
			}
		}
	}

	private static void discard(@Nullable PreparedEnvelope prepared) {
		if (prepared != null) {
			prepared.discard();
		}
	}

	@Override
	public void close(ErrorInfo cause) {
		if (this.closed != null) {
			return;
		}
		this.closed = cause;
		if (this.links.faultsOf(service()).held()) {
			// What is held will never leave, and nobody waits for it.
			this.links.scheduler().drop(this.out);
			this.links.scheduler().drop(this.in);
		}
		this.links.scheduler().carryLast(this.out, () -> {
			link().close(cause);
			tellClosed(cause);
		});
	}

	@Override
	public boolean isOpen() {
		return this.closed == null;
	}

	private final class FaultyParcel implements PreparedEnvelope {

		private final Envelope envelope;

		private final @Nullable PreparedEnvelope prepared;

		FaultyParcel(Envelope envelope, @Nullable PreparedEnvelope prepared) {
			this.envelope = envelope;
			this.prepared = prepared;
		}

		@Override
		public int size() {
			return (this.prepared != null) ? this.prepared.size() : 0;
		}

		@Override
		public void send() {
			FaultyLink.this.send(this.envelope, this.prepared);
		}

		@Override
		public void discard() {
			FaultyLink.discard(this.prepared);
		}

	}

}
