package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Envelope.Credit;
import io.adaptive.spi.Envelope.Credit.Purpose;
import io.adaptive.spi.Link;
import io.adaptive.spi.ScopeTraffic;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Within a process, telling a peer runs its code: it answers, sends and asks for more on
 * the thread that tells it.
 */
class CreditWithinProcessTests {

	private static final int PEERS = 2_000;

	private static final int STACK = 256 * 1024;

	private static final class Peer {

		private final SendCredit credit = new SendCredit(Limits.MIN_CREDIT, 0);

		private final Collection<Outbox> blocked = new LinkedHashSet<>();

		private final Outbox outbox = outbox(1);

		private final Outbox other = outbox(2);

		private final ReceiveWindow window;

		int arrived;

		Peer(ReceiveBudget budget) {
			this.window = new ReceiveWindow(budget, Limits.DEFAULT, true, this::told);
			this.window.open();
		}

		private Outbox outbox(int stream) {
			return new Outbox(stream, new OutboxCredit(new CreditCounter(1 << 30), this.credit), this.blocked,
					new PendingSends(PendingLimits.DEFAULT, new ScopeTraffic()),
					(cost, call, before) -> this.window.requested(new Request(stream, cost, call, before), false));
		}

		private void told(Credit credit) {
			if (credit.purpose() == Purpose.RECALL) {
				SendCredit.Unused unused = this.credit.giveUp(credit.bytes());
				assertThat(this.window.returned(unused.bytes(), unused.messages())).isTrue();
			}
			else if (credit.purpose() == Purpose.GRANT_WAITING) {
				Outbox waiting = (credit.streamId() == 1) ? this.outbox : this.other;
				assertThat(waiting.granted(credit.bytes(), credit.messages())).isTrue();
			}
			else {
				assertThat(this.credit.grant(credit.bytes(), credit.messages())).isTrue();
				this.outbox.pump();
			}
		}

		void send() {
			this.outbox.send(new Arriving(), Limits.MIN_COST);
		}

		void call() {
			this.other.send(new Arriving(), Limits.MIN_COST, true);
		}

		void take() {
			this.window.taken(Limits.MIN_COST, 1);
		}

		private final class Arriving implements Link.PreparedEnvelope {

			@Override
			public int size() {
				return 0;
			}

			@Override
			public void send() {
				assertThat(Peer.this.window.arrived(Limits.MIN_COST)).isTrue();
				Peer.this.arrived++;
			}

			@Override
			public void discard() {
			}

		}

	}

	private static void runWithASmallStack(Runnable task) throws Exception {
		CompletableFuture<Void> result = new CompletableFuture<>();
		new Thread(null, () -> {
			try {
				task.run();
				result.complete(null);
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}, "small-stack", STACK).start();
		result.get(1, TimeUnit.MINUTES);
	}

	@Test
	void whatAllPeersHoldIsAskedBackWithoutRecursion() throws Exception {
		ReceiveBudget budget = new ReceiveBudget(() -> PEERS, Long.MAX_VALUE / 4);
		runWithASmallStack(() -> {
			List<Peer> peers = new ArrayList<>();
			for (int i = 0; i < PEERS; i++) {
				peers.add(new Peer(budget));
			}
			Peer first = peers.get(0);
			for (int i = 0; i < PEERS; i++) {
				first.send();
			}
			assertThat(first.arrived).isEqualTo(PEERS);
		});
	}

	@Test
	void eachOfManyPeersGetsTheOnlyMessageInItsTurn() throws Exception {
		ReceiveBudget budget = new ReceiveBudget(() -> 1, Long.MAX_VALUE / 4);
		runWithASmallStack(() -> {
			List<Peer> peers = new ArrayList<>();
			for (int i = 0; i < PEERS; i++) {
				peers.add(new Peer(budget));
			}
			peers.forEach(Peer::send);
			for (Peer peer : peers) {
				assertThat(peer.arrived).isEqualTo(1);
				peer.take();
			}
			assertThat(budget.balance().waiting()).isZero();
		});
	}

	/**
	 * The thread that sends is told of the only message, and then of another stream that
	 * may have bytes. What waits there asks again, on the same thread, and would get the
	 * same answer for as long as the message has not left.
	 */
	@Test
	void whatIsGrantedToTheSendingThreadLeavesBeforeOtherStreamsAskAgain() throws Exception {
		int[] max = { 1 };
		ReceiveBudget budget = new ReceiveBudget(() -> max[0], Long.MAX_VALUE / 4);
		runWithASmallStack(() -> {
			Peer peer = new Peer(budget);
			peer.call();
			assertThat(peer.arrived).isEqualTo(1);
			peer.call();
			assertThat(budget.balance().waiting()).isEqualTo(1);
			max[0] = 2;
			peer.send();
			assertThat(peer.arrived).isEqualTo(2);
			peer.take();
			assertThat(peer.arrived).isEqualTo(3);
		});
	}

}
