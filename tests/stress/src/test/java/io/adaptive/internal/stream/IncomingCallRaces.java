package io.adaptive.internal.stream;

import java.util.concurrent.CompletableFuture;

import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.ReferencePayload;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * The calls of the peer: answered once or not at all, whoever gives up.
 */
public final class IncomingCallRaces {

	/** A call in the same slot of a {@link CallTable} as the first. */
	private static final long NEIGHBOUR = 257;

	private IncomingCallRaces() {
	}

	/**
	 * The handling end of a connection, with one call of the peer.
	 */
	private static class Callee implements MessageDispatcher {

		final SilentLink link = new SilentLink();

		final MultiplexedConnection connection = MultiplexedConnection.server(this.link, this, Runnable::run);

		@Nullable IncomingMessage call;

		Callee() {
			this.connection.receiver().received(new Envelope.Message(1, 1, 0, new ReferencePayload("request")));
		}

		void cancelArrives() {
			this.connection.receiver().received(new Envelope.Cancel(1, 1));
		}

		@Override
		public boolean dispatch(IncomingMessage message) {
			this.call = message;
			return true;
		}

		@Override
		public void connected(ConnectionInfo connection) {
		}

		@Override
		public void disconnected(ConnectionInfo connection, ErrorInfo cause) {
		}

		@Override
		public void streamOpened(StreamContext stream) {
		}

		@Override
		public void streamClosed(StreamContext stream) {
		}

	}

	@JCStressTest
	@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "cancelled before it was begun")
	@Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "cancelled before it was answered")
	@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "answered")
	@State
	public static class HandlingMeetsCancel extends Callee {

		@Actor
		public void worker(ZI_Result result) {
			result.r1 = this.call.start();
			if (result.r1) {
				this.call.answer(null);
			}
		}

		@Actor
		public void peer() {
			cancelArrives();
		}

		@Arbiter
		public void left(ZI_Result result) {
			result.r2 = this.link.answers.get();
		}

	}

	@JCStressTest
	@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the first answer counts")
	@State
	public static class TwoAnswers extends Callee {

		public TwoAnswers() {
			this.call.start();
		}

		@Actor
		public void first() {
			this.call.answer(null);
		}

		@Actor
		public void second() {
			this.call.answer(new IllegalStateException("second"));
		}

		@Arbiter
		public void left(I_Result result) {
			result.r1 = this.link.answers.get();
		}

	}

	@JCStressTest
	@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the handler is told")
	@State
	public static class AskingForTheSignalMeetsCancel extends Callee {

		private volatile @Nullable CompletableFuture<@Nullable Void> signal;

		@Actor
		public void worker() {
			this.signal = this.call.cancelled();
		}

		@Actor
		public void peer() {
			cancelArrives();
		}

		@Arbiter
		public void left(Z_Result result) {
			result.r1 = this.signal.isDone();
		}

	}

	@JCStressTest
	@Outcome(id = "true, 5", expect = Expect.ACCEPTABLE, desc = "taken, and the peer knows")
	@Outcome(id = "false, 4", expect = Expect.ACCEPTABLE, desc = "not taken, and the peer knows")
	@State
	public static class AcceptMeetsClose {

		private final CallWindow window = new CallWindow();

		public AcceptMeetsClose() {
			this.window.accept(4);
		}

		@Actor
		public void receiver(ZJ_Result result) {
			result.r1 = this.window.accept(5);
		}

		@Actor
		public void closer(ZJ_Result result) {
			result.r2 = this.window.close();
		}

	}

	@JCStressTest
	@Outcome(id = "true, true, 2", expect = Expect.ACCEPTABLE, desc = "both are taken")
	@State
	public static class TwoAccepted {

		private final CallWindow window = new CallWindow();

		@Actor
		public void first(ZZI_Result result) {
			result.r1 = this.window.accept(1);
		}

		@Actor
		public void second(ZZI_Result result) {
			result.r2 = this.window.accept(2);
		}

		@Arbiter
		public void last(ZZI_Result result) {
			result.r3 = (int) this.window.close();
		}

	}

	/**
	 * One call leaves its slot while another comes that wants it.
	 */
	@JCStressTest
	@Outcome(id = "true, true, 1", expect = Expect.ACCEPTABLE, desc = "one is gone, the other there")
	@State
	public static class RemovingMeetsAddingInOneSlot {

		private final CallTable<Long> table = new CallTable<>(Long::longValue);

		private final Long first = 1L;

		private final Long second = NEIGHBOUR;

		public RemovingMeetsAddingInOneSlot() {
			this.table.add(this.first);
		}

		@Actor
		public void removing(ZZI_Result result) {
			result.r1 = this.table.remove(this.first);
		}

		@Actor
		public void adding(ZZI_Result result) {
			result.r2 = this.table.add(this.second);
		}

		@Arbiter
		public void left(ZZI_Result result) {
			int[] left = new int[1];
			this.table.forEach((call) -> left[0]++);
			result.r3 = (this.table.find(NEIGHBOUR) != null && this.table.find(1) == null) ? left[0] : -1;
		}

	}

	@JCStressTest
	@Outcome(id = { "true, false", "false, true" }, expect = Expect.ACCEPTABLE, desc = "one of them has it")
	@State
	public static class TwoRemoveOne {

		private final CallTable<Long> table = new CallTable<>(Long::longValue);

		public TwoRemoveOne() {
			this.table.add(1L);
			this.table.add(NEIGHBOUR);
		}

		@Actor
		public void first(ZZ_Result result) {
			result.r1 = this.table.remove(NEIGHBOUR) != null;
		}

		@Actor
		public void second(ZZ_Result result) {
			result.r2 = this.table.remove(NEIGHBOUR) != null;
		}

	}

}
