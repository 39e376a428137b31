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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers wait in {@code recv} on all streams of a connection whose budget is small.
 * Control frames overtake messages, as on a socket that is written more slowly than the
 * peer sends.
 */
class AwaitedCreditTests {

	private static final int MEMORY = 64 * 1024;

	private static final int STREAMS = 16;

	private static final int COST = 8 * 1024;

	private static final int EACH = 50;

	private final ReceiveBudget budget = new ReceiveBudget(() -> 8, MEMORY);

	private final Deque<Credit> toSender = new ArrayDeque<>();

	private final Deque<Credit> toReceiver = new ArrayDeque<>();

	/** The stream of each message that is on its way. */
	private final Deque<Integer> messages = new ArrayDeque<>();

	private final int[] arrived = new int[STREAMS];

	private SendCredit credit = new SendCredit(Limits.MIN_CREDIT, 0);

	private final Collection<Outbox> blocked = new LinkedHashSet<>();

	private final List<Outbox> streams = new ArrayList<>();

	/** Handlers that wait for the next message of their stream. */
	private final boolean[] waiting = new boolean[STREAMS];

	private ReceiveWindow open(boolean counted) {
		this.credit = new SendCredit(Limits.MIN_CREDIT, counted ? 0 : Limits.UNCOUNTED);
		ReceiveWindow window = new ReceiveWindow(this.budget, Limits.DEFAULT, counted, this.toSender::add);
		for (int i = 0; i < STREAMS; i++) {
			int id = i;
			this.waiting[i] = true;
			this.streams.add(new Outbox(id, new OutboxCredit(new CreditCounter(1 << 30), this.credit), this.blocked,
					new PendingSends(PendingLimits.DEFAULT, new ScopeTraffic()),
					(cost, call, before) -> this.toReceiver.add(new Credit(id, cost, before, Purpose.REQUEST))));
		}
		window.open();
		return window;
	}

	private void exchangeControl(ReceiveWindow window) {
		for (int rounds = 0; !this.toSender.isEmpty() || !this.toReceiver.isEmpty(); rounds++) {
			assertThat(rounds).as("rounds until nobody has anything to say").isLessThan(1_000);
			exchangeRequests(window);
			Credit told = this.toSender.poll();
			if (told != null) {
				told(told);
			}
		}
	}

	private void exchangeRequests(ReceiveWindow window) {
		for (Credit asked = this.toReceiver.poll(); asked != null; asked = this.toReceiver.poll()) {
			if (asked.purpose() == Purpose.RETURN) {
				assertThat(window.returned(asked.bytes(), asked.messages())).isTrue();
			}
			else {
				Request request = new Request(asked.streamId(), asked.bytes(), false, asked.messages());
				window.requested(request,
						this.waiting[asked.streamId()] && request.isNext(this.arrived[asked.streamId()]));
			}
		}
	}

	private void told(Credit told) {
		switch (told.purpose()) {
			case GRANT_WAITING ->
				assertThat(this.streams.get(told.streamId()).granted(told.bytes(), told.messages())).isTrue();
			case RECALL -> {
				SendCredit.Unused unused = this.credit.giveUp(told.bytes());
				this.toReceiver.add(new Credit(0, unused.bytes(), unused.messages(), Purpose.RETURN));
			}
			default -> assertThat(this.credit.grant(told.bytes(), told.messages())).isTrue();
		}
		List.copyOf(this.blocked).forEach(Outbox::pump);
	}

	private void deliver(ReceiveWindow window) {
		int stream = this.messages.remove();
		assertThat(window.arrived(COST)).isTrue();
		this.arrived[stream]++;
		window.taken(0, 1);
		window.taken(COST, 0);
		// The handler has got it, and waits for the next.
		if (window.isRequesting()) {
			window.awaited(stream, this.arrived[stream]);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void noMoreIsOnItsWayThanOneMessageForEachHandlerBeyondTheBudget(boolean counted) {
		ReceiveWindow window = open(counted);
		for (int i = 0; i < EACH * STREAMS; i++) {
			this.streams.get(i % STREAMS).send(new OnItsWay(i % STREAMS), COST);
		}
		Random random = new Random(1);
		exchangeControl(window);
		for (int i = 0; i < EACH * STREAMS; i++) {
			assertThat(this.messages).as("messages on their way").isNotEmpty();
			assertThat(this.messages.size() * COST).as("bytes on their way")
				.isLessThanOrEqualTo(MEMORY + (int) ReceiveWindow.FLOOR + STREAMS * COST);
			deliver(window);
			if (random.nextInt(3) == 0 || this.messages.isEmpty()) {
				exchangeControl(window);
			}
		}
		assertThat(this.arrived).containsOnly(EACH);
		assertThat(this.blocked).isEmpty();
		window.close();
		assertThat(this.budget.balance()).isEqualTo(new ReceiveBudget.Balance(0, 0, 0));
	}

	/**
	 * The peer takes back what it was granted a message for, and sends another one later.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aHandlerGetsItsMessageAlthoughTheOneBeforeWasTakenBack(boolean counted) {
		ReceiveWindow window = open(counted);
		// Nothing is awaited here, and all is used up.
		this.waiting[1] = false;
		for (int i = 0; i < EACH; i++) {
			this.streams.get(1).send(new OnItsWay(1), COST);
		}
		exchangeControl(window);
		for (int i = 0; i < 3; i++) {
			WaitingMessage entry = this.streams.get(0).send(new OnItsWay(0), COST);
			exchangeRequests(window);
			assertThat(this.toSender).as("granted meanwhile").isNotEmpty();
			assertThat(entry != null && entry.giveUp()).as("taken back").isTrue();
			exchangeControl(window);
			assertThat(this.messages).as("used for the other stream").doesNotContain(0);
		}
		this.streams.get(0).send(new OnItsWay(0), COST);
		exchangeControl(window);
		assertThat(this.messages).endsWith(0);
		this.streams
			.forEach((stream) -> stream.end(new Termination.Reset(new ErrorInfo(ErrorCode.CANCELLED, "closed"))));
	}

	private final class OnItsWay implements Link.PreparedEnvelope {

		private final int stream;

		OnItsWay(int stream) {
			this.stream = stream;
		}

		@Override
		public int size() {
			return COST;
		}

		@Override
		public void send() {
			AwaitedCreditTests.this.messages.add(this.stream);
		}

		@Override
		public void discard() {
		}

	}

}
