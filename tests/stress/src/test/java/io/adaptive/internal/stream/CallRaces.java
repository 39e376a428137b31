package io.adaptive.internal.stream;

import java.time.Duration;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.Priority;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.spi.Envelope;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Of reply, cancel, timeout and loss of the connection one is a call's outcome, and its
 * caller comes back with it.
 */
public final class CallRaces {

	private static final int REPLY = 1;

	private static final int TIMEOUT = 2;

	private static final int LOST = 3;

	private static final int NONE = 0;

	private CallRaces() {
	}

	/**
	 * The calling end of a connection, with one call.
	 */
	private static class Caller {

		final SilentLink link = new SilentLink();

		final ConnectionState connection = new ConnectionState(this.link, true, Runnable::run, ConnectionTelemetry.NONE,
				ReceiveBudget.unlimited());

		final ConnectionStreams streams = new ConnectionStreams(this.connection, null);

		final EnvelopeRouter router = new EnvelopeRouter(this.connection, this.streams, null);

		/** The call has this id, being the first. */
		final Envelope.Reply reply = new Envelope.Reply(1, 1, null);

		PendingCall call() {
			return this.streams.defaultStream()
				.output()
				.call("request", WaitDeadline.NONE, Priority.NORMAL, MessageHeaders.NONE);
		}

		void replyArrives() {
			this.router.received(this.reply);
		}

		void connectionIsLost() {
			this.link.close(SilentLink.LOST);
			this.router.closed(SilentLink.LOST);
		}

		static int outcome(InboxItem arrival) {
			return (arrival instanceof InboxItem.Answered) ? REPLY : LOST;
		}

		/**
		 * Tells what has become of a call, without waiting.
		 */
		static int outcome(PendingCall call) {
			return call.isDone() ? outcome(call.join()) : NONE;
		}

		/**
		 * Waits as a blocking caller does.
		 */
		static int await(PendingCall call, Duration timeout) {
			try {
				return outcome(call.await(WaitDeadline.after(timeout)));
			}
			catch (ReceiveTimeoutException ex) {
				return TIMEOUT;
			}
		}

	}

	@JCStressTest
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the caller has its reply")
	@State
	public static class WaitingMeetsReply extends Caller {

		private final PendingCall call = call();

		@Actor
		public void caller(II_Result result) {
			result.r1 = await(this.call, Duration.ofSeconds(5));
		}

		@Actor
		public void peer() {
			replyArrives();
		}

		@Arbiter
		public void left(II_Result result) {
			result.r2 = this.link.cancels.get();
		}

	}

	@JCStressTest
	@Outcome(id = "3, 0", expect = Expect.ACCEPTABLE, desc = "the caller knows of the loss")
	@State
	public static class WaitingMeetsLoss extends Caller {

		private final PendingCall call = call();

		@Actor
		public void caller(II_Result result) {
			result.r1 = await(this.call, Duration.ofSeconds(5));
		}

		@Actor
		public void peer() {
			connectionIsLost();
		}

		@Arbiter
		public void left(II_Result result) {
			result.r2 = this.link.cancels.get();
		}

	}

	@JCStressTest
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the reply was in time")
	@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "the time was up, and the peer is told")
	@State
	public static class TimeoutMeetsReply extends Caller {

		private final PendingCall call = call();

		@Actor
		public void caller(II_Result result) {
			result.r1 = await(this.call, Duration.ofNanos(500));
		}

		@Actor
		public void peer() {
			replyArrives();
		}

		@Arbiter
		public void left(II_Result result) {
			result.r2 = this.link.cancels.get();
		}

	}

	@JCStressTest
	@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "the caller gave up first, and the peer is told")
	@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "the reply was first")
	@State
	public static class CancelMeetsReply extends Caller {

		private final PendingCall call = call();

		@Actor
		public void caller(III_Result result) {
			result.r1 = this.call.giveUp() ? 1 : 0;
		}

		@Actor
		public void peer() {
			replyArrives();
		}

		@Arbiter
		public void left(III_Result result) {
			result.r2 = this.link.cancels.get();
			// Who gave up has an outcome of its own.
			result.r3 = (result.r1 == 1) ? (outcome(this.call) == NONE) ? 1 : 0 : outcome(this.call);
		}

	}

	@JCStressTest
	@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the reply was first")
	@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "the loss was first")
	@State
	public static class LossMeetsReply extends Caller {

		private final PendingCall call = call();

		@Actor
		public void loss() {
			connectionIsLost();
		}

		@Actor
		public void peer() {
			replyArrives();
		}

		@Arbiter
		public void left(I_Result result) {
			result.r1 = outcome(this.call);
		}

	}

	@JCStressTest
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the caller gave up first")
	@Outcome(id = "0, 3", expect = Expect.ACCEPTABLE, desc = "the loss was first")
	@State
	public static class CancelMeetsLoss extends Caller {

		private final PendingCall call = call();

		@Actor
		public void caller(II_Result result) {
			result.r1 = this.call.giveUp() ? 1 : 0;
		}

		@Actor
		public void loss() {
			connectionIsLost();
		}

		@Arbiter
		public void left(II_Result result) {
			result.r2 = outcome(this.call);
		}

	}

	/**
	 * A call that begins while its connection ends is not forgotten.
	 */
	@JCStressTest
	@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "refused, or told of the loss")
	@State
	public static class CallMeetsLoss extends Caller {

		private volatile PendingCall call;

		@Actor
		public void caller() {
			try {
				this.call = call();
			}
			catch (ConnectionLostException ex) {
				// Stays without.
			}
		}

		@Actor
		public void loss() {
			connectionIsLost();
		}

		@Arbiter
		public void left(I_Result result) {
			result.r1 = (this.call != null) ? outcome(this.call) : LOST;
		}

	}

	/**
	 * The peer leaves and has taken no call.
	 */
	@JCStressTest
	@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "refused, or told that nobody handles it")
	@State
	public static class CallMeetsGoAway extends Caller {

		private volatile PendingCall call;

		@Actor
		public void caller() {
			try {
				this.call = call();
			}
			catch (ConnectionLostException ex) {
				// Stays without.
			}
		}

		@Actor
		public void peer() {
			this.router.received(new Envelope.GoAway(0, SilentLink.LOST));
		}

		@Arbiter
		public void left(I_Result result) {
			result.r1 = (this.call != null) ? outcome(this.call) : LOST;
		}

	}

}
