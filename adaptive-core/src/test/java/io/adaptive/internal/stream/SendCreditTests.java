package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope.Credit;
import io.adaptive.spi.Envelope.Credit.Purpose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SendCreditTests {

	@Test
	void aMessageTakesBytesAndItselfOrNothing() {
		SendCredit credit = new SendCredit(1000, 1);
		assertThat(credit.tryTake(1001)).isFalse();
		assertThat(credit.tryTake(600)).isTrue();
		assertThat(credit.tryTake(100)).as("no message is left").isFalse();
		assertThat(credit.available()).isEqualTo(400);
		assertThat(credit.messages()).isZero();
	}

	@Test
	void whereMessagesAreNotCountedOnlyBytesAreNeeded() {
		SendCredit credit = new SendCredit(1000, Limits.UNCOUNTED);
		assertThat(credit.tryTake(500)).isTrue();
		assertThat(credit.grant(100, 7)).isTrue();
		assertThat(credit.tryTake(600)).isTrue();
		assertThat(credit.giveUp(0)).isEqualTo(new SendCredit.Unused(0, 0));
		assertThat(credit.messages()).isEqualTo(Limits.UNCOUNTED);
	}

	@Test
	void aGrantBeyondTheLargestAmountAddsNothing() {
		SendCredit credit = new SendCredit(1000, 1);
		assertThat(credit.grant(Integer.MAX_VALUE, 1)).isFalse();
		assertThat(credit.grant(1, Integer.MAX_VALUE)).isFalse();
		assertThat(credit.available()).isEqualTo(1000);
		assertThat(credit.messages()).isEqualTo(1);
	}

	@Test
	void whatIsGivenUpIsGone() {
		SendCredit credit = new SendCredit(1000, 3);
		assertThat(credit.giveUp(300)).isEqualTo(new SendCredit.Unused(700, 3));
		assertThat(credit.giveUp(300)).isEqualTo(new SendCredit.Unused(0, 0));
		assertThat(credit.available()).isEqualTo(300);
	}

	/**
	 * The message that a grant was for is gone, and the peer has asked for all that is
	 * not used.
	 */
	@Test
	void whatIsLeftOfAGrantAfterARecallIsGivenBack() {
		List<Credit> told = new ArrayList<>();
		ConnectionCredit credit = new ConnectionCredit(new SilentLink(), false, ReceiveBudget.unlimited(), told::add);
		Outbox outbox = credit.newOutbox(3, credit.newStreamCounter());
		credit.recalled(0);
		Credit all = told.remove(0);
		assertThat(all.purpose()).isEqualTo(Purpose.RETURN);
		assertThat(outbox.granted(500, 2)).isTrue();
		assertThat(told).as("the peer does not count messages").containsExactly(new Credit(0, 500, 0, Purpose.RETURN));
	}

	@Test
	void whatIsLeftOfAGrantIsKeptWhenThePeerHasGrantedMoreSinceItsRecall() {
		List<Credit> told = new ArrayList<>();
		ConnectionCredit credit = new ConnectionCredit(new SilentLink(), false, ReceiveBudget.unlimited(), told::add);
		Outbox outbox = credit.newOutbox(3, credit.newStreamCounter());
		credit.recalled(0);
		told.clear();
		assertThat(credit.granted(100, 1)).isTrue();
		assertThat(outbox.granted(500, 2)).isTrue();
		assertThat(told).isEmpty();
		assertThat(credit.available()).isEqualTo(600);
	}

}
