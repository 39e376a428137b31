package io.adaptive.internal.stream;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.settings.Limits;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Link;
import io.adaptive.spi.ScopeTraffic;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/**
 * What waits for credit leaves when there is credit, once; and nobody waits for ever.
 */
public final class OutboxRaces {

	private static final int WHOLE = 1_000;

	private static final int COST = 300;

	private static final Termination CLOSED = new Termination.Reset(new ErrorInfo(ErrorCode.CANCELLED, "closed"));

	private static volatile int patienceMillis = 5_000;

	private OutboxRaces() {
	}

	/**
	 * Waits until a message has left, but not for ever.
	 * @return 1 if it has, -1 if it was given up, 0 if nobody said
	 */
	private static int waitFor(@Nullable WaitingMessage waiting) {
		try {
			if (waiting != null) {
				waiting.get(patienceMillis, TimeUnit.MILLISECONDS);
			}
			return 1;
		}
		catch (ExecutionException ex) {
			return -1;
		}
		catch (InterruptedException | TimeoutException ex) {
			// Once is enough to know.
			patienceMillis = 1;
			return 0;
		}
	}

	/**
	 * The sending side of a connection: no credit is left, and its streams are new.
	 */
	private static class Sender {

		final SendCredit connectionCredit = new SendCredit(WHOLE, Limits.UNCOUNTED);

		final Collection<Outbox> blocked = ConcurrentHashMap.newKeySet();

		final CreditCounter streamCredit = new CreditCounter(WHOLE);

		final Outbox outbox = new Outbox(1, new OutboxCredit(this.streamCredit, this.connectionCredit), this.blocked,
				new PendingSends(PendingLimits.DEFAULT, new ScopeTraffic()), (cost, call, before) -> {
				});

		final Parcels parcels = new Parcels();

		Sender() {
			this.connectionCredit.tryTake(WHOLE);
		}

		@Nullable WaitingMessage send() {
			return this.outbox.send(this.parcels, COST);
		}

		/**
		 * As {@link ConnectionCredit#granted} does.
		 */
		void grantConnection() {
			this.connectionCredit.grant(COST, 0);
			this.blocked.forEach(Outbox::pump);
		}

		int sent() {
			return this.parcels.sent.get();
		}

	}

	/**
	 * Stands for all messages.
	 */
	private static final class Parcels implements Link.PreparedEnvelope {

		final AtomicInteger sent = new AtomicInteger();

		final AtomicInteger discarded = new AtomicInteger();

		@Override
		public int size() {
			return 0;
		}

		@Override
		public void send() {
			this.sent.incrementAndGet();
		}

		@Override
		public void discard() {
			this.discarded.incrementAndGet();
		}

	}

	@JCStressTest
	@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "it left")
	@State
	public static class SendMeetsGrantOfTheConnection extends Sender {

		@Actor
		public void sender() {
			send();
		}

		@Actor
		public void receiver() {
			grantConnection();
		}

		@Arbiter
		public void left(IIJ_Result result) {
			result.r1 = sent();
			result.r2 = this.blocked.size();
			result.r3 = this.connectionCredit.available();
		}

	}

	@JCStressTest
	@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "it left")
	@State
	public static class SendMeetsGrantOfTheStream extends Sender {

		public SendMeetsGrantOfTheStream() {
			this.connectionCredit.grant(WHOLE, 0);
			this.streamCredit.tryTake(WHOLE);
		}

		@Actor
		public void sender() {
			send();
		}

		@Actor
		public void receiver() {
			this.streamCredit.grant(COST);
			this.outbox.pump();
		}

		@Arbiter
		public void left(IIJ_Result result) {
			result.r1 = sent();
			result.r2 = this.blocked.size();
			result.r3 = this.streamCredit.available();
		}

	}

	/**
	 * The sender really waits.
	 */
	@JCStressTest
	@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "it left, and its sender knows")
	@State
	public static class WaitingSenderMeetsGrant extends Sender {

		@Actor
		public void sender(IIJ_Result result) {
			result.r2 = waitFor(send());
		}

		@Actor
		public void receiver() {
			grantConnection();
		}

		@Arbiter
		public void left(IIJ_Result result) {
			result.r1 = sent();
			result.r3 = this.connectionCredit.available();
		}

	}

	@JCStressTest
	@Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "one left, then the other")
	@State
	public static class TwoSendOnOneStream extends Sender {

		public TwoSendOnOneStream() {
			grantConnection();
		}

		@Actor
		public void first() {
			send();
		}

		@Actor
		public void second() {
			send();
		}

		@Arbiter
		public void left(IIJ_Result result) {
			result.r1 = sent();
			grantConnection();
			result.r2 = sent();
			result.r3 = this.connectionCredit.available();
		}

	}

	@JCStressTest
	@Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "one left, then the other")
	@State
	public static class TwoStreamsSend extends Sender {

		private final Outbox otherStream = new Outbox(3,
				new OutboxCredit(new CreditCounter(WHOLE), this.connectionCredit), this.blocked,
				new PendingSends(PendingLimits.DEFAULT, new ScopeTraffic()), (cost, call, before) -> {
				});

		public TwoStreamsSend() {
			grantConnection();
		}

		@Actor
		public void first() {
			send();
		}

		@Actor
		public void second() {
			this.otherStream.send(this.parcels, COST);
		}

		@Arbiter
		public void left(IIJ_Result result) {
			result.r1 = sent();
			grantConnection();
			result.r2 = sent();
			result.r3 = this.connectionCredit.available();
		}

	}

	/**
	 * Two of the event loop's reasons to look, at once.
	 */
	@JCStressTest
	@Outcome(id = "2, 0, 0", expect = Expect.ACCEPTABLE, desc = "both left")
	@State
	public static class GrantOfTheStreamMeetsGrantOfTheConnection extends Sender {

		public GrantOfTheStreamMeetsGrantOfTheConnection() {
			this.streamCredit.tryTake(WHOLE - COST);
			send();
			send();
		}

		@Actor
		public void stream() {
			this.streamCredit.grant(COST);
			this.outbox.pump();
		}

		@Actor
		public void connection() {
			this.connectionCredit.grant(COST, 0);
			grantConnection();
		}

		@Arbiter
		public void left(IIJ_Result result) {
			result.r1 = sent();
			result.r2 = this.blocked.size();
			result.r3 = this.connectionCredit.available() + this.streamCredit.available();
		}

	}

	@JCStressTest
	@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "it left")
	@Outcome(id = "1, 0, 300", expect = Expect.ACCEPTABLE, desc = "taken back, and its credit is there")
	@State
	public static class WithdrawalMeetsGrant extends Sender {

		private final @Nullable WaitingMessage waiting = send();

		@Actor
		public void caller(IIJ_Result result) {
			result.r1 = this.outbox.withdraw(this.waiting) ? 1 : 0;
		}

		@Actor
		public void receiver() {
			grantConnection();
		}

		@Arbiter
		public void left(IIJ_Result result) {
			result.r2 = sent();
			result.r3 = this.connectionCredit.available();
		}

	}

	@JCStressTest
	@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "it left")
	@Outcome(id = "0, 1, -1", expect = Expect.ACCEPTABLE, desc = "given up, and its sender knows")
	@State
	public static class EndMeetsGrant extends Sender {

		private final @Nullable WaitingMessage waiting = send();

		@Actor
		public void closer() {
			this.outbox.end(CLOSED);
		}

		@Actor
		public void receiver() {
			grantConnection();
		}

		@Arbiter
		public void left(III_Result result) {
			result.r1 = sent();
			result.r2 = this.parcels.discarded.get();
			result.r3 = outcome(this.waiting);
		}

		private static int outcome(WaitingMessage waiting) {
			if (!waiting.isDone()) {
				return 0;
			}
			return waiting.isCompletedExceptionally() ? -1 : 1;
		}

	}

	@JCStressTest
	@Outcome(id = "0, 1, -1", expect = Expect.ACCEPTABLE, desc = "refused, or given up while it waited")
	@State
	public static class EndMeetsSend extends Sender {

		@Actor
		public void sender(III_Result result) {
			try {
				result.r3 = waitFor(send());
			}
			catch (AdaptiveException ex) {
				result.r3 = -1;
			}
		}

		@Actor
		public void closer() {
			this.outbox.end(CLOSED);
		}

		@Arbiter
		public void left(III_Result result) {
			result.r1 = sent();
			result.r2 = this.parcels.discarded.get();
		}

	}

}
