package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.settings.Limits;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Envelope.Credit;
import io.adaptive.spi.Envelope.Credit.Purpose;
import io.adaptive.spi.Link;
import io.adaptive.spi.ScopeTraffic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The credit that several connections have of one budget, with both ends of each and what
 * is on its way between them.
 */
class ReceiveBudgetTests {

	private static final ErrorInfo CLOSED = new ErrorInfo(ErrorCode.CANCELLED, "closed");

	private static final int MEMORY = 100_000;

	/**
	 * Messages and both directions of control frames travel at their own pace.
	 */
	private static final class Peer {

		private static final int STREAMS = 3;

		final Deque<Credit> toSender = new ArrayDeque<>();

		final Deque<Credit> toReceiver = new ArrayDeque<>();

		final Deque<Integer> messages = new ArrayDeque<>();

		final Deque<Integer> queued = new ArrayDeque<>();

		final Deque<Integer> begun = new ArrayDeque<>();

		final Collection<Outbox> blocked = new LinkedHashSet<>();

		final List<Outbox> streams = new ArrayList<>();

		final List<WaitingMessage> waiting = new ArrayList<>();

		final SendCredit credit = new SendCredit(Limits.MIN_CREDIT, 0);

		final ReceiveWindow window;

		Peer(ReceiveBudget budget) {
			this.window = new ReceiveWindow(budget, Limits.DEFAULT, true, this.toSender::add);
			for (int i = 0; i < STREAMS; i++) {
				this.streams
					.add(new Outbox(i + 1, new OutboxCredit(new CreditCounter(1 << 30), this.credit), this.blocked,
							new PendingSends(PendingLimits.DEFAULT, new ScopeTraffic()), new Requests(i + 1)));
			}
			this.window.open();
		}

		private void pump() {
			List.copyOf(this.blocked).forEach(Outbox::pump);
		}

		void send(int stream, int cost, boolean call) {
			WaitingMessage entry = this.streams.get(stream).send(new Sized(cost), cost, call);
			if (entry != null) {
				this.waiting.add(entry);
			}
		}

		/**
		 * Brings one frame to its destination.
		 * @return whether there was one
		 */
		boolean deliver(int which) {
			return switch (which) {
				case 0 -> told(this.toSender.poll());
				case 1 -> asked(this.toReceiver.poll());
				default -> arrived(this.messages.poll());
			};
		}

		private boolean told(@Nullable Credit told) {
			if (told == null) {
				return false;
			}
			if (told.purpose() == Purpose.RECALL) {
				SendCredit.Unused unused = this.credit.giveUp(told.bytes());
				this.toReceiver.add(new Credit(0, unused.bytes(), unused.messages(), Purpose.RETURN));
			}
			else if (told.purpose() == Purpose.GRANT_WAITING) {
				assertThat(this.streams.get(told.streamId() - 1).granted(told.bytes(), told.messages())).isTrue();
				pump();
			}
			else {
				assertThat(this.credit.grant(told.bytes(), told.messages())).isTrue();
				pump();
			}
			return true;
		}

		private boolean asked(@Nullable Credit asked) {
			if (asked == null) {
				return false;
			}
			if (asked.purpose() == Purpose.RETURN) {
				assertThat(this.window.returned(asked.bytes(), asked.messages())).isTrue();
			}
			else {
				this.window.requested(new Request(asked.streamId(), asked.bytes(),
						asked.purpose() == Purpose.REQUEST_CALL, asked.messages()), false);
			}
			return true;
		}

		private boolean arrived(@Nullable Integer cost) {
			if (cost == null) {
				return false;
			}
			assertThat(this.window.arrived(cost)).as("credit of a message").isTrue();
			this.queued.add(cost);
			return true;
		}

		boolean begin() {
			Integer cost = this.queued.poll();
			if (cost != null) {
				this.window.taken(0, 1);
				this.begun.add(cost);
			}
			return cost != null;
		}

		boolean take() {
			Integer cost = this.begun.poll();
			if (cost != null) {
				this.window.taken(cost, 0);
			}
			return cost != null;
		}

		/**
		 * Does all that can be done without a new message.
		 */
		boolean settle() {
			boolean any = false;
			for (int i = 0; i < 3; i++) {
				any |= deliver(i);
			}
			any |= begin();
			any |= take();
			return any;
		}

		/**
		 * Brings all to its destination, and takes nothing.
		 */
		void deliverAll() {
			boolean any = true;
			while (any) {
				any = deliver(0);
				any |= deliver(1);
				any |= deliver(2);
			}
		}

		/**
		 * What it sent is still handled.
		 */
		void takeAll() {
			boolean any = true;
			while (any) {
				any = begin();
				any |= take();
			}
		}

		@Override
		public String toString() {
			return "to sender %s, to receiver %s, messages %s, queued %s, begun %s, credit %d and %d, %d bytes allowed, requesting %s"
				.formatted(this.toSender, this.toReceiver, this.messages, this.queued, this.begun,
						this.credit.available(), this.credit.messages(), this.window.allowedBytes(),
						this.window.isRequesting());
		}

		void close() {
			this.streams.forEach((stream) -> stream.end(new Termination.Reset(CLOSED)));
			this.messages.clear();
			this.window.close();
		}

		private final class Requests implements CreditRequests {

			private final int stream;

			Requests(int stream) {
				this.stream = stream;
			}

			@Override
			public void request(int cost, boolean call, int before) {
				Peer.this.toReceiver
					.add(new Credit(this.stream, cost, before, call ? Purpose.REQUEST_CALL : Purpose.REQUEST));
			}

			@Override
			public void shared() {
				pump();
			}

		}

		private final class Sized implements Link.PreparedEnvelope {

			private final int size;

			Sized(int size) {
				this.size = size;
			}

			@Override
			public int size() {
				return this.size;
			}

			@Override
			public void send() {
				Peer.this.messages.add(this.size);
			}

			@Override
			public void discard() {
			}

		}

	}

	private static void settle(List<Peer> peers) {
		boolean any = true;
		for (int round = 0; any; round++) {
			assertThat(round).as("rounds until nothing moves").isLessThan(5_000);
			any = false;
			for (Peer peer : peers) {
				any |= peer.settle();
			}
		}
	}

	/**
	 * Sends, cancels, delivers, takes and closes at random.
	 */
	private static void act(Random random, ReceiveBudget budget, List<Peer> peers) {
		int index = random.nextInt(peers.size());
		Peer peer = peers.get(index);
		switch (random.nextInt(12)) {
			case 0, 1 -> peer.send(random.nextInt(Peer.STREAMS),
					random.nextInt(8) == 0 ? 1 + random.nextInt(3 * MEMORY) : 256 + random.nextInt(2000),
					random.nextBoolean());
			case 2 -> {
				if (!peer.waiting.isEmpty()) {
					peer.waiting.remove(random.nextInt(peer.waiting.size())).giveUp();
				}
			}
			case 3, 4 -> peer.deliver(0);
			case 5, 6 -> peer.deliver(1);
			case 7, 8 -> peer.deliver(2);
			case 9 -> peer.begin();
			case 10 -> peer.take();
			default -> {
				if (random.nextInt(20) == 0) {
					peer.close();
					peer.takeAll();
					peers.set(index, new Peer(budget));
				}
			}
		}
	}

	private static void check(String seed, ReceiveBudget budget, List<Peer> peers, int maxMessages) {
		ReceiveBudget.Balance balance = budget.balance();
		assertThat(balance.messages()).as(seed).isBetween(0L, (long) maxMessages);
		assertThat(balance.bytes()).as(seed).isBetween(0L, (long) MEMORY);
		assertThat(peers.stream().mapToInt((peer) -> peer.queued.size()).sum()).as(seed)
			.isLessThanOrEqualTo(maxMessages);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 8, 64 })
	void whateverHappensEachMessageLeavesInTheEndAndTheBudgetIsWhole(int maxMessages) {
		for (int seed = 0; seed < 20; seed++) {
			Random random = new Random(seed);
			ReceiveBudget budget = new ReceiveBudget(() -> maxMessages, MEMORY);
			List<Peer> peers = new ArrayList<>();
			for (int i = 1 + random.nextInt(12); i > 0; i--) {
				peers.add(new Peer(budget));
			}
			String name = "seed %d".formatted(seed);
			for (int i = 0; i < 600; i++) {
				act(random, budget, peers);
				check(name, budget, peers, maxMessages);
			}
			settle(peers);
			assertThat(peers).as(name).allSatisfy((peer) -> assertThat(peer.blocked).isEmpty());
			assertThat(budget.balance().waiting()).as(name).isZero();
			peers.forEach(Peer::close);
			assertThat(budget.balance()).as(name).isEqualTo(new ReceiveBudget.Balance(0, 0, 0));
		}
	}

	/**
	 * More connections than are asked at once hold nothing, one holds the only message.
	 */
	@Test
	void theOneConnectionOfManyThatHoldsWhatItDoesNotUseIsFound() {
		ReceiveBudget budget = new ReceiveBudget(() -> 1, MEMORY);
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			peers.add(new Peer(budget));
		}
		Peer last = peers.get(199);
		last.send(0, 256, false);
		settle(peers);
		peers.forEach((peer) -> peer.send(0, 256, false));
		last.waiting.forEach(WaitingMessage::giveUp);
		settle(peers);
		assertThat(peers).allSatisfy((peer) -> assertThat(peer.blocked).isEmpty());
	}

	@Test
	void aPeerThatHasTheOnlyMessageButLacksBytesIsGrantedThem() {
		ReceiveBudget budget = new ReceiveBudget(() -> 1, MEMORY);
		List<Peer> peers = List.of(new Peer(budget));
		Peer peer = peers.get(0);
		peer.send(0, 256, true);
		settle(peers);
		assertThat(budget.balance().messages()).isEqualTo(1);
		peer.send(0, 90_000, true);
		settle(peers);
		assertThat(peer.blocked).isEmpty();
	}

	/**
	 * The first one-way message of a connection may wait for bytes that are only free
	 * when a call is answered.
	 */
	@Test
	void aCallDoesNotWaitForAOneWayMessageOfItsConnection() {
		ReceiveBudget budget = new ReceiveBudget(() -> 8, MEMORY);
		Peer first = new Peer(budget);
		Peer second = new Peer(budget);
		List<Peer> peers = List.of(first, second);
		first.send(0, 3 * MEMORY, false);
		first.deliverAll();
		assertThat(first.begin()).as("handled, and not taken").isTrue();
		assertThat(first.begun).containsExactly(3 * MEMORY);
		second.send(0, 3 * MEMORY, false);
		second.deliver(1);
		second.send(1, 2 * MEMORY, true);
		second.deliverAll();
		assertThat(second.queued).containsExactly(2 * MEMORY);
		settle(peers);
		assertThat(second.blocked).isEmpty();
	}

}
